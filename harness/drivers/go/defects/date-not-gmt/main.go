// A date of a condition is sent in the time zone that it is given in, UTC for example, where HTTP and the service ask
// for GMT. In azblob 1.0.0; 1.1.0 mended it: https://github.com/Azure/azure-sdk-for-go/issues/20475
//
//	go get github.com/Azure/azure-sdk-for-go/sdk/storage/azblob@v1.0.0   # in a copy of this module
//	go run ./defects/date-not-gmt
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/lease"
)

// shows sends nothing, and shows the condition of a request.
type shows struct{}

func (shows) Do(request *http.Request) (*http.Response, error) {
	fmt.Println("If-Modified-Since:", request.Header.Get("If-Modified-Since"))
	return nil, errors.New("not sent")
}

func main() {
	general := azcore.ClientOptions{Transport: shows{}, Retry: policy.RetryOptions{MaxRetries: -1}}
	options := &container.ClientOptions{ClientOptions: general}
	box, _ := container.NewClientWithNoCredential("http://127.0.0.1/account/box", options)
	held, _ := lease.NewContainerClient(box, nil)
	since := &lease.ModifiedAccessConditions{IfModifiedSince: to.Ptr(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))}
	_, _ = held.AcquireLease(context.Background(), 15, &lease.ContainerAcquireOptions{ModifiedAccessConditions: since})
}
