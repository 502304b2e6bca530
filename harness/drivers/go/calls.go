package main

import (
	"context"
	"maps"
	"slices"
)

// performs is how the SDK is asked for one call; of uses the lease client is nil.
type performs func(context.Context, asked, leaseClient) (any, error)

// call is one call of the SDK, and the other ways in which it can be asked for the same.
type call struct {
	description callDescription
	perform     performs
	ways        map[string]performs
}

type ways map[string]performs

// calls is everything that this driver can be asked for.
var calls = joined(leaseCalls, blobCalls, containerCalls, shareCalls, fileCalls)

func joined(tables ...map[string]call) map[string]call {
	all := map[string]call{}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}

// use is a call that goes through no lease client.
func use[Result any](takes callDescription, perform func(context.Context, asked) (Result, error), others ...ways) call {
	return described[Result](takes, way(perform), others)
}

// way is a call of the SDK in the form in which calls are kept.
func way[Result any](perform func(context.Context, asked) (Result, error)) performs {
	return func(ctx context.Context, asked asked, _ leaseClient) (any, error) { return perform(ctx, asked) }
}

func described[Result any](takes callDescription, perform performs, others []ways) call {
	takes.Tells = tells[Result]()
	all := ways{}
	for _, each := range others {
		maps.Copy(all, each)
	}
	takes.Ways = slices.Sorted(maps.Keys(all))
	return call{takes, perform, all}
}
