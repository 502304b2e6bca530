package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
)

// responseError is the type of every error for an answer of the service.
const responseError = "ResponseError"

// raisedBy says why a call ended with an error. Whatever the service refuses is an azcore.ResponseError; an answer that
// the SDK makes nothing of, and that was no refusal, is an accident.
func raisedBy(err error, answered bool) *raised {
	var refusal *azcore.ResponseError
	if errors.As(err, &refusal) {
		return &raised{Error: responseError, Because: "service", Status: refusal.StatusCode, Code: refusal.ErrorCode}
	}
	switch {
	case isOfConnection(err):
		return &raised{Error: nameOf(err), Because: "connection"}
	case answered:
		return &raised{Error: nameOf(err), Because: "accident"}
	default:
		return &raised{Error: nameOf(err), Because: "client"}
	}
}

func isOfConnection(err error) bool {
	var ofNet net.Error
	var ofURL *url.Error
	isCut := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	return isCut || errors.As(err, &ofNet) || errors.As(err, &ofURL)
}

func panicked(reason any) *raised {
	name := "panic"
	if err, is := reason.(error); is {
		name += " " + nameOf(err)
	}
	return &raised{Error: name, Because: "accident"}
}

// nameOf is the type of an error; of what only wraps another, the type of that.
func nameOf(err error) string {
	for {
		name := strings.TrimPrefix(fmt.Sprintf("%T", err), "*")
		inner := errors.Unwrap(err)
		if inner == nil || !wrapping.MatchString(name) {
			return name
		}
		err = inner
	}
}

// wrapping are the packages of Go and azcore whose errors add a text, or forbid a retry.
var wrapping = regexp.MustCompile(`^(fmt|shared|exported)\.`)
