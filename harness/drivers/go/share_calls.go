package main

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/service"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/share"
)

var deletesShare = callDescription{LeaseID: optional, Snapshots: []string{"include", "include-leased"}}

// shareCalls are the uses of shares and their snapshots. Left out is what azfile has no call for: it reads metadata
// together with the other properties.
var shareCalls = map[string]call{
	"getShareProperties": use(leased, func(ctx context.Context, a asked) (share.GetPropertiesResponse, error) {
		return a.share().GetProperties(ctx, &share.GetPropertiesOptions{LeaseAccessConditions: a.shareLease()})
	}),
	"getShareAcl": use(leased, func(ctx context.Context, a asked) (share.GetAccessPolicyResponse, error) {
		return a.share().GetAccessPolicy(ctx, &share.GetAccessPolicyOptions{LeaseAccessConditions: a.shareLease()})
	}),
	"getShareStats": use(leased, func(ctx context.Context, a asked) (share.GetStatisticsResponse, error) {
		return a.share().GetStatistics(ctx, &share.GetStatisticsOptions{LeaseAccessConditions: a.shareLease()})
	}),
	"listShares": use(plain, func(ctx context.Context, a asked) (service.ShareProperties, error) {
		pager := a.files.NewListSharesPager(&service.ListSharesOptions{Prefix: &a.place.Share})
		return listed(ctx, pager, func(page service.ListSharesSegmentResponse) []*service.Share {
			return page.Shares
		}, a.listedShare)
	}),
	"snapshotShare": use(plain, func(ctx context.Context, a asked) (share.CreateSnapshotResponse, error) {
		return a.share().CreateSnapshot(ctx, nil)
	}),
	"setShareMetadata": use(leased, func(ctx context.Context, a asked) (share.SetMetadataResponse, error) {
		return a.share().SetMetadata(ctx, &share.SetMetadataOptions{
			Metadata:              metadata,
			LeaseAccessConditions: a.shareLease(),
		})
	}),
	"setShareProperties": use(leased, func(ctx context.Context, a asked) (share.SetPropertiesResponse, error) {
		return a.share().SetProperties(ctx, &share.SetPropertiesOptions{
			Quota:                 to.Ptr(int32(quotaGiB)),
			LeaseAccessConditions: a.shareLease(),
		})
	}),
	"setShareAcl": use(leased, func(ctx context.Context, a asked) (share.SetAccessPolicyResponse, error) {
		return a.share().SetAccessPolicy(ctx, &share.SetAccessPolicyOptions{LeaseAccessConditions: a.shareLease()})
	}),
	"createShare": use(plain, func(ctx context.Context, a asked) (share.CreateResponse, error) {
		return a.share().Create(ctx, nil)
	}, ways{throughService: way(func(ctx context.Context, a asked) (service.CreateShareResponse, error) {
		return a.files.CreateShare(ctx, a.place.Share, nil)
	})}),
	"deleteShare": use(deletesShare, func(ctx context.Context, a asked) (share.DeleteResponse, error) {
		return a.share().Delete(ctx, a.deleteShareOptions())
	}, ways{throughService: way(func(ctx context.Context, a asked) (service.DeleteShareResponse, error) {
		return a.files.DeleteShare(ctx, a.place.Share, a.deleteShareOptions())
	})}),

	"getShareSnapshotProperties": use(leased, func(ctx context.Context, a asked) (share.GetPropertiesResponse, error) {
		return a.shareSnapshot().GetProperties(ctx, &share.GetPropertiesOptions{LeaseAccessConditions: a.shareLease()})
	}, ways{ofOption: way(func(ctx context.Context, a asked) (share.GetPropertiesResponse, error) {
		return a.share().GetProperties(ctx, &share.GetPropertiesOptions{
			ShareSnapshot:         &a.place.Snapshot,
			LeaseAccessConditions: a.shareLease(),
		})
	})}),
	"deleteShareSnapshot": use(leased, func(ctx context.Context, a asked) (share.DeleteResponse, error) {
		return a.shareSnapshot().Delete(ctx, &share.DeleteOptions{LeaseAccessConditions: a.shareLease()})
	}, ways{ofOption: way(func(ctx context.Context, a asked) (share.DeleteResponse, error) {
		return a.share().Delete(ctx, &share.DeleteOptions{
			ShareSnapshot:         &a.place.Snapshot,
			LeaseAccessConditions: a.shareLease(),
		})
	})}),
}

func (a asked) shareLease() *share.LeaseAccessConditions {
	if a.LeaseID == nil {
		return nil
	}
	return &share.LeaseAccessConditions{LeaseID: a.LeaseID}
}

func (a asked) deleteShareOptions() *share.DeleteOptions {
	options := &share.DeleteOptions{LeaseAccessConditions: a.shareLease()}
	switch a.Snapshots {
	case "include":
		options.DeleteSnapshots = to.Ptr(share.DeleteSnapshotsOptionTypeInclude)
	case "include-leased":
		options.DeleteSnapshots = to.Ptr(share.DeleteSnapshotsOptionTypeIncludeLeased)
	}
	return options
}

func (a asked) listedShare(item *service.Share) *service.ShareProperties {
	if *item.Name != a.place.Share || item.Snapshot != nil && *item.Snapshot != "" {
		return nil
	}
	return item.Properties
}
