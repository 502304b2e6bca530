// A lease client does not take over the lease id that the service gives it. The example of the package says that an
// empty id makes the service choose one; the client keeps the empty one, and every later call of it fails. In azblob
// 1.0.0 to 1.8.3.
//
//	AZURE_STORAGE_CONNECTION_STRING=... go run ./defects/acquire-forgets-the-id
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/lease"
)

func main() {
	ctx := context.Background()
	account := os.Getenv("AZURE_STORAGE_CONNECTION_STRING")
	box, _ := container.NewClientFromConnectionString(account, "forgets-the-id", nil)
	_, err := box.Create(ctx, nil)
	fmt.Println("create:", err)
	defer box.Delete(ctx, nil)
	held, _ := lease.NewContainerClient(box, &lease.ContainerClientOptions{LeaseID: to.Ptr("")})
	acquired, err := held.AcquireLease(ctx, 15, nil)
	if err != nil {
		fmt.Println("acquire:", err)
		return
	}
	fmt.Printf("the service gave %q, the client remembers %q\n", *acquired.LeaseID, *held.LeaseID())
	_, err = held.ReleaseLease(ctx, nil)
	fmt.Println("release:", err)
	held.BreakLease(ctx, &lease.ContainerBreakOptions{BreakPeriod: to.Ptr(int32(0))})
}
