package main

import (
	"fmt"
	"os"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/log"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	blobservice "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/service"
	fileservice "github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/service"
)

// connection holds the service client for one URL: that of the service which it reaches.
type connection struct {
	blobs *blobservice.Client
	files *fileservice.Client
}

// connections are known by the number of the port that they send to.
type connections struct {
	guard  sync.RWMutex
	byPort map[int]*connection
}

func (c *connections) at(port int) *connection {
	c.guard.RLock()
	defer c.guard.RUnlock()
	return c.byPort[port]
}

// open makes the service client for a port; a later one for the same port takes its place.
func (c *connections) open(asked request) error {
	options, err := clientOptions(asked)
	if err != nil {
		return err
	}
	made := &connection{}
	switch asked.Service {
	case "blob":
		made.blobs, err = blobServiceClient(asked, options)
	case "file":
		made.files, err = fileServiceClient(asked, options)
	default:
		err = fmt.Errorf("the driver go does not know the service %q", asked.Service)
	}
	if err != nil {
		return fmt.Errorf("no client for the %s service at %s: %w", asked.Service, asked.URL, err)
	}
	c.guard.Lock()
	defer c.guard.Unlock()
	c.byPort[asked.Port] = made
	return nil
}

// retryPolicies are the settings of retries. Source: azcore's policy.RetryOptions, where a value below zero means one
// try, and zero the default. There is no retry to a secondary host.
var retryPolicies = map[string]policy.RetryOptions{
	"none":    {MaxRetries: -1},
	"default": {},
}

func clientOptions(asked request) (azcore.ClientOptions, error) {
	retry, known := retryPolicies[asked.Retry]
	if !known {
		return azcore.ClientOptions{}, fmt.Errorf("the SDK for Go has retries none and default, not %q", asked.Retry)
	}
	options := azcore.ClientOptions{Retry: retry, InsecureAllowCredentialWithHTTP: true}
	if asked.Logging {
		options.Logging = policy.LogOptions{IncludeBody: true}
		log.SetListener(func(event log.Event, text string) { fmt.Fprintf(os.Stderr, "%s: %s\n", event, text) })
	}
	return options, nil
}
