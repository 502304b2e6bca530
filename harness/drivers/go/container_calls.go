package main

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/service"
)

// throughService is the way through the service client, which has calls of its own for this.
const throughService = "service-client"

// What uses of containers take: the service knows the dates alone, and azblob passes on no others. Sources: Set
// Container Metadata, Set Container ACL, Delete Container; azblob's options of these calls.
var (
	dated         = callDescription{LeaseID: optional, Conditions: dates}
	modifiedSince = callDescription{LeaseID: optional, Conditions: []string{"if-modified-since"}}
)

// containerCalls are the uses of containers. Left out is what azblob has no call for: it reads metadata together with
// the other properties.
var containerCalls = map[string]call{
	"getContainerProperties": use(leased, func(ctx context.Context, a asked) (container.GetPropertiesResponse, error) {
		return a.container().GetProperties(ctx, &container.GetPropertiesOptions{LeaseAccessConditions: a.blobLease()})
	}),
	"getContainerAcl": use(leased, func(ctx context.Context, a asked) (container.GetAccessPolicyResponse, error) {
		return a.container().GetAccessPolicy(ctx, &container.GetAccessPolicyOptions{
			LeaseAccessConditions: a.blobLease(),
		})
	}),
	"listContainers": use(plain, func(ctx context.Context, a asked) (service.ContainerProperties, error) {
		pager := a.blobs.NewListContainersPager(&service.ListContainersOptions{Prefix: &a.place.Container})
		return listed(ctx, pager, func(page service.ListContainersResponse) []*service.ContainerItem {
			return page.ContainerItems
		}, a.listedContainer)
	}),
	"setContainerMetadata": use(modifiedSince, func(
		ctx context.Context, a asked,
	) (container.SetMetadataResponse, error) {
		return a.container().SetMetadata(ctx, &container.SetMetadataOptions{
			Metadata:                 metadata,
			LeaseAccessConditions:    a.blobLease(),
			ModifiedAccessConditions: a.modifiedConditions(),
		})
	}),
	"setContainerAcl": use(dated, func(ctx context.Context, a asked) (container.SetAccessPolicyResponse, error) {
		return a.container().SetAccessPolicy(ctx, &container.SetAccessPolicyOptions{
			AccessConditions: a.containerConditions(),
		})
	}),
	"createContainer": use(plain, func(ctx context.Context, a asked) (container.CreateResponse, error) {
		return a.container().Create(ctx, nil)
	}, ways{throughService: way(func(ctx context.Context, a asked) (service.CreateContainerResponse, error) {
		return a.blobs.CreateContainer(ctx, a.place.Container, nil)
	})}),
	"deleteContainer": use(dated, func(ctx context.Context, a asked) (container.DeleteResponse, error) {
		return a.container().Delete(ctx, &container.DeleteOptions{AccessConditions: a.containerConditions()})
	}, ways{throughService: way(func(ctx context.Context, a asked) (service.DeleteContainerResponse, error) {
		return a.blobs.DeleteContainer(ctx, a.place.Container, &service.DeleteContainerOptions{
			AccessConditions: a.containerConditions(),
		})
	})}),
}

func (a asked) listedContainer(item *service.ContainerItem) *service.ContainerProperties {
	if *item.Name != a.place.Container {
		return nil
	}
	return item.Properties
}
