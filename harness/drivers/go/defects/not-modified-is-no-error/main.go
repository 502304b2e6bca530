// A download whose condition does not hold is answered 304 by the service, and DownloadStream returns no error: what it
// returns has no body, and whoever reads it panics.
//
//	AZURE_STORAGE_CONNECTION_STRING=... go run ./defects/not-modified-is-no-error
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

func main() {
	ctx := context.Background()
	account := os.Getenv("AZURE_STORAGE_CONNECTION_STRING")
	box, _ := container.NewClientFromConnectionString(account, "not-modified", nil)
	_, err := box.Create(ctx, nil)
	fmt.Println("create:", err)
	client := box.NewBlockBlobClient("blob")
	_, err = client.UploadBuffer(ctx, []byte("text"), nil)
	fmt.Println("upload:", err)
	unmet := &blob.AccessConditions{ModifiedAccessConditions: &blob.ModifiedAccessConditions{IfNoneMatch: to.Ptr(azcore.ETagAny)}}
	download, err := client.DownloadStream(ctx, &blob.DownloadStreamOptions{AccessConditions: unmet})
	fmt.Println("download, although the condition does not hold:", err, "body:", download.Body)
	box.Delete(ctx, nil)
}
