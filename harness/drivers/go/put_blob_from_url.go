//go:build !azblob1_0

package main

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
)

// azblob has the call since 1.1.0. Source: its CHANGELOG.
func init() {
	calls["putBlobFromUrl"] = use(copies, func(
		ctx context.Context, a asked,
	) (blockblob.UploadBlobFromURLResponse, error) {
		return a.blockBlob().UploadBlobFromURL(ctx, a.Source.URL, &blockblob.UploadBlobFromURLOptions{
			AccessConditions: a.blobConditions(),
			Tags:             tags,
		})
	})
}
