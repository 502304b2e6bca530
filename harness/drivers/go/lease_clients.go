package main

import (
	"fmt"
	"sync"

	bloblease "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/lease"
	filelease "github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/lease"
)

// leaseClient is what the lease clients of both packages have in common.
type leaseClient interface{ LeaseID() *string }

// leaseClients are kept from call to call, since they remember an id of their own.
type leaseClients struct {
	guard    sync.Mutex
	byHandle map[int]leaseClient
}

// of is the lease client of a handle, made on first use. A way that goes through another client makes it anew.
func (l *leaseClients) of(lease lease, kind, way string, asked asked) (leaseClient, error) {
	l.guard.Lock()
	defer l.guard.Unlock()
	client, known := l.byHandle[lease.Handle]
	if known && way == "" {
		return client, nil
	}
	id := lease.ID
	if known {
		id = client.LeaseID()
	}
	client, err := newLeaseClient(kind, way, id, asked)
	if err == nil {
		l.byHandle[lease.Handle] = client
	}
	return client, err
}

func (l *leaseClients) forget(handles []int) {
	l.guard.Lock()
	defer l.guard.Unlock()
	for _, each := range handles {
		delete(l.byHandle, each)
	}
}

func shown(client leaseClient) leaseShown {
	if id := client.LeaseID(); id != nil {
		return leaseShown{*id}
	}
	return leaseShown{}
}

// Ways of lease calls: which client the lease client is made of.
const (
	ofBlockBlob  = "block-blob-client"
	ofAppendBlob = "append-blob-client"
	ofPageBlob   = "page-blob-client"
	ofOption     = "snapshot-option"
)

func newLeaseClient(kind, way string, id *string, asked asked) (leaseClient, error) {
	ofBlob := &bloblease.BlobClientOptions{LeaseID: id}
	ofShare := &filelease.ShareClientOptions{LeaseID: id}
	switch kind {
	case "blob":
		switch way {
		case ofBlockBlob:
			return bloblease.NewBlobClient(asked.blockBlob(), ofBlob)
		case ofAppendBlob:
			return bloblease.NewBlobClient(asked.appendBlob(), ofBlob)
		case ofPageBlob:
			return bloblease.NewBlobClient(asked.pageBlob(), ofBlob)
		default:
			return bloblease.NewBlobClient(asked.blob(), ofBlob)
		}
	case "blob-snapshot":
		return bloblease.NewBlobClient(asked.blobSnapshot(), ofBlob)
	case "container":
		return bloblease.NewContainerClient(asked.container(), &bloblease.ContainerClientOptions{LeaseID: id})
	case "share":
		return filelease.NewShareClient(asked.share(), ofShare)
	case "share-snapshot":
		return filelease.NewShareClient(asked.shareSnapshot(), ofShare)
	case "file":
		return filelease.NewFileClient(asked.file(), &filelease.FileClientOptions{LeaseID: id})
	default:
		return nil, fmt.Errorf("the SDK for Go has no lease client for a %s", kind)
	}
}
