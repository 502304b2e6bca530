// A lease client must not renew its lease in the background while it changes it: both use the id that it remembers, and
// nothing guards it. The README of azblob guarantees that the methods of clients are goroutine-safe. In azblob 1.0.0 to
// 1.8.3. The race detector needs a C compiler.
//
//	AZURE_STORAGE_CONNECTION_STRING=... go run -race ./defects/change-is-a-data-race
package main

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/lease"
)

func main() {
	ctx := context.Background()
	account := os.Getenv("AZURE_STORAGE_CONNECTION_STRING")
	box, _ := container.NewClientFromConnectionString(account, "data-race", nil)
	_, err := box.Create(ctx, nil)
	fmt.Println("create:", err)
	held, _ := lease.NewContainerClient(box, nil)
	_, err = held.AcquireLease(ctx, 60, nil)
	fmt.Println("acquire:", err)
	var both sync.WaitGroup
	both.Add(2)
	go func() {
		defer both.Done()
		for range 100 {
			_, _ = held.RenewLease(ctx, nil)
		}
	}()
	go func() {
		defer both.Done()
		for i := range 100 {
			_, _ = held.ChangeLease(ctx, fmt.Sprintf("aaaaaaaa-aaaa-4aaa-8aaa-%012d", i), nil)
		}
	}()
	both.Wait()
	held.ReleaseLease(ctx, nil)
	box.Delete(ctx, nil)
}
