package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// perform makes one call of the SDK, and tells what it returned or raised.
func (d *driver) perform(ctx context.Context, request request) any {
	connection := d.connections.at(request.Port)
	if connection == nil {
		return failure{request.Seq, fmt.Sprintf("nothing is connected to port %d", request.Port)}
	}
	name := request.Call
	if request.Lease != nil {
		name = request.Kind + "." + request.Call
	}
	call, known := calls[name]
	perform := call.perform
	if request.Way != "" {
		perform, known = call.ways[request.Way]
	}
	if !known {
		return failure{request.Seq, fmt.Sprintf("the driver go has no call %s %s", name, request.Way)}
	}
	asked := asked{connection, request.Place, request.Arguments}
	answer := callAnswer{Seq: request.Seq}
	var client leaseClient
	var before leaseShown
	if request.Lease != nil {
		var err error
		if client, err = d.leases.of(*request.Lease, request.Kind, request.Way, asked); err != nil {
			return failure{request.Seq, err.Error()}
		}
		before = shown(client)
	}
	answer.Returned, answer.Raised = outcome(ctx, func(ctx context.Context) (any, error) {
		return perform(ctx, asked, client)
	})
	if client != nil {
		answer.Lease = &leaseChange{before, shown(client)}
	}
	return answer
}

// outcome is what a call gave its caller: a result or an error. A panic is an error that nobody meant to raise.
func outcome(
	ctx context.Context, perform func(context.Context) (any, error),
) (returned map[string]string, raised *raised) {
	defer func() {
		if reason := recover(); reason != nil {
			returned, raised = nil, panicked(reason)
		}
	}()
	var answered *http.Response
	result, err := perform(policy.WithCaptureResponse(ctx, &answered))
	if err != nil {
		return nil, raisedBy(err, answered != nil)
	}
	return told(result), nil
}
