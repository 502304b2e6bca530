package main

import (
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/appendblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/pageblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/file"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/share"
)

// asked is one call: what it is about, and what it is given. Its methods are the clients for it, made as an application
// does.
type asked struct {
	*connection
	place place
	arguments
}

func (a asked) container() *container.Client { return a.blobs.NewContainerClient(a.place.Container) }

func (a asked) blob() *blob.Client { return a.container().NewBlobClient(a.place.Blob) }

func (a asked) blockBlob() *blockblob.Client { return a.container().NewBlockBlobClient(a.place.Blob) }

func (a asked) appendBlob() *appendblob.Client {
	return a.container().NewAppendBlobClient(a.place.Blob)
}

func (a asked) pageBlob() *pageblob.Client { return a.container().NewPageBlobClient(a.place.Blob) }

func (a asked) blobSnapshot() *blob.Client { return must(a.blob().WithSnapshot(a.place.Snapshot)) }

func (a asked) share() *share.Client { return a.files.NewShareClient(a.place.Share) }

func (a asked) shareSnapshot() *share.Client { return must(a.share().WithSnapshot(a.place.Snapshot)) }

func (a asked) file() *file.Client { return a.fileAt(a.place) }

func (a asked) sourceFile() *file.Client { return a.fileAt(a.Source.Place) }

func (a asked) fileAt(where place) *file.Client {
	return a.files.NewShareClient(where.Share).NewRootDirectoryClient().NewFileClient(where.File)
}

// must is for what fails only if our own names are no names.
func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}
