// A condition that a lease call of a container is given, and that does not hold, is dropped without a word: the lease
// is acquired. The service knows no ETag conditions for the lease of a container; the options of azblob offer them all
// the same. In azblob 1.0.0 to 1.8.3.
//
//	AZURE_STORAGE_CONNECTION_STRING=... go run ./defects/condition-dropped
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/lease"
)

func main() {
	ctx := context.Background()
	account := os.Getenv("AZURE_STORAGE_CONNECTION_STRING")
	box, _ := container.NewClientFromConnectionString(account, "condition-dropped", nil)
	_, err := box.Create(ctx, nil)
	fmt.Println("create:", err)
	held, _ := lease.NewContainerClient(box, nil)
	unmet := &lease.ModifiedAccessConditions{IfMatch: to.Ptr(azcore.ETag(`"no such tag"`))}
	_, err = held.AcquireLease(ctx, 15, &lease.ContainerAcquireOptions{ModifiedAccessConditions: unmet})
	fmt.Println("acquire, although the condition does not hold:", err)
	held.ReleaseLease(ctx, nil)
	box.Delete(ctx, nil)
}
