package main

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/appendblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/pageblob"
)

// What uses of blobs take.
var (
	plain   = callDescription{}
	leased  = callDescription{LeaseID: optional}
	guarded = callDescription{LeaseID: optional, Conditions: allConditions}
	tagged  = callDescription{LeaseID: optional, Conditions: tagsOnly}
	copies  = callDescription{LeaseID: optional, Conditions: allConditions, Source: required}
	stages  = callDescription{LeaseID: optional, Source: required}
	// The service knows no tags here, and azblob passes them not on. Source: Append Blob Seal.
	seals   = callDescription{LeaseID: optional, Conditions: modified}
	deletes = callDescription{LeaseID: optional, Conditions: allConditions, Snapshots: []string{"include"}}
)

// blobCalls are the uses of blobs. Left out is what azblob has no call for: it reads metadata together with the other
// properties, and its lease clients send no unknown action.
var blobCalls = joined(readingBlobs, writingBlobs, makingBlobs, copyingBlobs, snapshotCalls)

var readingBlobs = map[string]call{
	"getBlob": use(guarded, func(ctx context.Context, a asked) (blob.DownloadStreamResponse, error) {
		return downloaded(a.blob().DownloadStream(ctx, &blob.DownloadStreamOptions{
			AccessConditions: a.blobConditions(),
		}))
	}, ways{ofBlockBlob: way(func(ctx context.Context, a asked) (blob.DownloadStreamResponse, error) {
		return downloaded(a.blockBlob().DownloadStream(ctx, &blob.DownloadStreamOptions{
			AccessConditions: a.blobConditions(),
		}))
	})}),
	"getBlobProperties": use(guarded, func(ctx context.Context, a asked) (blob.GetPropertiesResponse, error) {
		return a.blob().GetProperties(ctx, &blob.GetPropertiesOptions{AccessConditions: a.blobConditions()})
	}, ways{ofBlockBlob: way(func(ctx context.Context, a asked) (blob.GetPropertiesResponse, error) {
		return a.blockBlob().GetProperties(ctx, &blob.GetPropertiesOptions{AccessConditions: a.blobConditions()})
	})}),
	// Later versions take more conditions, which older ones have no parameter for.
	"getBlobTags": use(tagged, func(ctx context.Context, a asked) (blob.GetTagsResponse, error) {
		return a.blob().GetTags(ctx, &blob.GetTagsOptions{BlobAccessConditions: a.blobConditions()})
	}),
	"getBlockList": use(tagged, func(ctx context.Context, a asked) (blockblob.GetBlockListResponse, error) {
		return a.blockBlob().GetBlockList(ctx, blockblob.BlockListTypeAll, &blockblob.GetBlockListOptions{
			AccessConditions: a.blobConditions(),
		})
	}),
	"getPageRanges": use(guarded, func(ctx context.Context, a asked) (pageblob.GetPageRangesResponse, error) {
		options := &pageblob.GetPageRangesOptions{AccessConditions: a.blobConditions()}
		return a.pageBlob().NewGetPageRangesPager(options).NextPage(ctx)
	}),
	"listBlobs": use(plain, func(ctx context.Context, a asked) (container.BlobProperties, error) {
		pager := a.container().NewListBlobsFlatPager(&container.ListBlobsFlatOptions{Prefix: &a.place.Blob})
		return listed(ctx, pager, func(page container.ListBlobsFlatResponse) []*container.BlobItem {
			return page.Segment.BlobItems
		}, a.listedBlob)
	}, ways{"hierarchy": way(func(ctx context.Context, a asked) (container.BlobProperties, error) {
		options := &container.ListBlobsHierarchyOptions{Prefix: &a.place.Blob}
		pager := a.container().NewListBlobsHierarchyPager("/", options)
		return listed(ctx, pager, func(page container.ListBlobsHierarchyResponse) []*container.BlobItem {
			return page.Segment.BlobItems
		}, a.listedBlob)
	})}),
}

func (a asked) listedBlob(item *container.BlobItem) *container.BlobProperties {
	// A snapshot is listed beside what it was taken of, under the same name.
	if *item.Name != a.place.Blob || item.Snapshot != nil && *item.Snapshot != "" {
		return nil
	}
	return item.Properties
}

func downloaded(response blob.DownloadStreamResponse, err error) (blob.DownloadStreamResponse, error) {
	if err != nil {
		return response, err
	}
	return response, drained(response.Body)
}

var writingBlobs = map[string]call{
	"snapshotBlob": use(guarded, func(ctx context.Context, a asked) (blob.CreateSnapshotResponse, error) {
		return a.blob().CreateSnapshot(ctx, &blob.CreateSnapshotOptions{AccessConditions: a.blobConditions()})
	}),
	"setBlobMetadata": use(guarded, func(ctx context.Context, a asked) (blob.SetMetadataResponse, error) {
		return a.blob().SetMetadata(ctx, metadata, &blob.SetMetadataOptions{AccessConditions: a.blobConditions()})
	}, ways{ofBlockBlob: way(func(ctx context.Context, a asked) (blob.SetMetadataResponse, error) {
		return a.blockBlob().SetMetadata(ctx, metadata, &blob.SetMetadataOptions{AccessConditions: a.blobConditions()})
	})}),
	"setBlobProperties": use(guarded, func(ctx context.Context, a asked) (blob.SetHTTPHeadersResponse, error) {
		headers := blob.HTTPHeaders{BlobContentType: to.Ptr(textType)}
		return a.blob().SetHTTPHeaders(ctx, headers, &blob.SetHTTPHeadersOptions{
			AccessConditions: a.blobConditions(),
		})
	}),
	"appendBlock": use(guarded, func(ctx context.Context, a asked) (appendblob.AppendBlockResponse, error) {
		return a.appendBlob().AppendBlock(ctx, body([]byte(text)), &appendblob.AppendBlockOptions{
			AccessConditions: a.blobConditions(),
		})
	}),
	"sealAppendBlob": use(seals, func(ctx context.Context, a asked) (appendblob.SealResponse, error) {
		return a.appendBlob().Seal(ctx, &appendblob.SealOptions{AccessConditions: a.blobConditions()})
	}),
	"putPage": use(guarded, func(ctx context.Context, a asked) (pageblob.UploadPagesResponse, error) {
		return a.pageBlob().UploadPages(ctx, body(page), blob.HTTPRange{Count: pageBytes}, &pageblob.UploadPagesOptions{
			AccessConditions: a.blobConditions(),
		})
	}),
	"clearPage": use(guarded, func(ctx context.Context, a asked) (pageblob.ClearPagesResponse, error) {
		return a.pageBlob().ClearPages(ctx, blob.HTTPRange{Count: pageBytes}, &pageblob.ClearPagesOptions{
			AccessConditions: a.blobConditions(),
		})
	}),
	"resizePageBlob": use(guarded, func(ctx context.Context, a asked) (pageblob.ResizeResponse, error) {
		return a.pageBlob().Resize(ctx, 2*pageBytes, &pageblob.ResizeOptions{AccessConditions: a.blobConditions()})
	}),
	"setSequenceNumber": use(guarded, func(
		ctx context.Context, a asked,
	) (pageblob.UpdateSequenceNumberResponse, error) {
		return a.pageBlob().UpdateSequenceNumber(ctx, &pageblob.UpdateSequenceNumberOptions{
			ActionType:       to.Ptr(pageblob.SequenceNumberActionTypeUpdate),
			SequenceNumber:   to.Ptr(int64(1)),
			AccessConditions: a.blobConditions(),
		})
	}),
	"setBlobTags": use(tagged, func(ctx context.Context, a asked) (blob.SetTagsResponse, error) {
		return a.blob().SetTags(ctx, tags, &blob.SetTagsOptions{AccessConditions: a.blobConditions()})
	}),
	"setBlobTier": use(tagged, func(ctx context.Context, a asked) (blob.SetTierResponse, error) {
		return a.blob().SetTier(ctx, blob.AccessTierHot, &blob.SetTierOptions{AccessConditions: a.blobConditions()})
	}),
	"putBlock": use(leased, func(ctx context.Context, a asked) (blockblob.StageBlockResponse, error) {
		return a.blockBlob().StageBlock(ctx, blockID, body([]byte(text)), &blockblob.StageBlockOptions{
			LeaseAccessConditions: a.blobLease(),
		})
	}),
	"abortCopyBlob": use(leased, func(ctx context.Context, a asked) (blob.AbortCopyFromURLResponse, error) {
		return a.blob().AbortCopyFromURL(ctx, copyID, &blob.AbortCopyFromURLOptions{
			LeaseAccessConditions: a.blobLease(),
		})
	}),
	"deleteBlob": use(deletes, func(ctx context.Context, a asked) (blob.DeleteResponse, error) {
		return a.blob().Delete(ctx, a.deleteOptions())
	}, ways{ofBlockBlob: way(func(ctx context.Context, a asked) (blob.DeleteResponse, error) {
		return a.blockBlob().Delete(ctx, a.deleteOptions())
	})}),
	"undeleteBlob": use(plain, func(ctx context.Context, a asked) (blob.UndeleteResponse, error) {
		return a.blob().Undelete(ctx, nil)
	}),
}

func (a asked) deleteOptions() *blob.DeleteOptions {
	options := &blob.DeleteOptions{AccessConditions: a.blobConditions()}
	if a.Snapshots == "include" {
		options.DeleteSnapshots = to.Ptr(blob.DeleteSnapshotsOptionTypeInclude)
	}
	return options
}

var makingBlobs = map[string]call{
	"putBlob": use(guarded, func(ctx context.Context, a asked) (blockblob.UploadResponse, error) {
		return a.blockBlob().Upload(ctx, body([]byte(text)), &blockblob.UploadOptions{
			AccessConditions: a.blobConditions(),
			Tags:             tags,
		})
	}, ways{
		// What fits into one request is sent in one. Source: azblob's blockblob.Client.UploadBuffer.
		"upload-buffer": way(func(ctx context.Context, a asked) (blockblob.UploadBufferResponse, error) {
			return a.blockBlob().UploadBuffer(ctx, []byte(text), &blockblob.UploadBufferOptions{
				AccessConditions: a.blobConditions(),
				Tags:             tags,
			})
		}),
	}),
	"putAppendBlob": use(guarded, func(ctx context.Context, a asked) (appendblob.CreateResponse, error) {
		return a.appendBlob().Create(ctx, &appendblob.CreateOptions{AccessConditions: a.blobConditions(), Tags: tags})
	}),
	"putPageBlob": use(guarded, func(ctx context.Context, a asked) (pageblob.CreateResponse, error) {
		return a.pageBlob().Create(ctx, pageBytes, &pageblob.CreateOptions{
			AccessConditions: a.blobConditions(),
			Tags:             tags,
		})
	}),
	"putBlockList": use(guarded, func(ctx context.Context, a asked) (blockblob.CommitBlockListResponse, error) {
		return a.blockBlob().CommitBlockList(ctx, []string{}, &blockblob.CommitBlockListOptions{
			AccessConditions: a.blobConditions(),
			Tags:             tags,
		})
	}, ways{"timeout": way(func(ctx context.Context, a asked) (blockblob.CommitBlockListResponse, error) {
		return a.blockBlob().CommitBlockList(ctx, []string{}, &blockblob.CommitBlockListOptions{
			AccessConditions: a.blobConditions(),
			Tags:             tags,
			Timeout:          to.Ptr(int32(30)),
		})
	})}),
}

var copyingBlobs = map[string]call{
	"appendBlockFromUrl": use(copies, func(
		ctx context.Context, a asked,
	) (appendblob.AppendBlockFromURLResponse, error) {
		return a.appendBlob().AppendBlockFromURL(ctx, a.Source.URL, &appendblob.AppendBlockFromURLOptions{
			AccessConditions: a.blobConditions(),
		})
	}),
	"putPageFromUrl": use(copies, func(ctx context.Context, a asked) (pageblob.UploadPagesFromURLResponse, error) {
		return a.pageBlob().UploadPagesFromURL(ctx, a.Source.URL, 0, 0, pageBytes, &pageblob.UploadPagesFromURLOptions{
			AccessConditions: a.blobConditions(),
		})
	}),
	"copyBlobSync": use(copies, func(ctx context.Context, a asked) (blob.CopyFromURLResponse, error) {
		return a.blob().CopyFromURL(ctx, a.Source.URL, &blob.CopyFromURLOptions{
			BlobAccessConditions: a.blobConditions(),
			BlobTags:             tags,
		})
	}),
	"copyBlob": use(copies, func(ctx context.Context, a asked) (blob.StartCopyFromURLResponse, error) {
		return a.blob().StartCopyFromURL(ctx, a.Source.URL, &blob.StartCopyFromURLOptions{
			AccessConditions: a.blobConditions(),
			BlobTags:         tags,
		})
	}),
	"putBlockFromUrl": use(stages, func(ctx context.Context, a asked) (blockblob.StageBlockFromURLResponse, error) {
		return a.blockBlob().StageBlockFromURL(ctx, blockID, a.Source.URL, &blockblob.StageBlockFromURLOptions{
			LeaseAccessConditions: a.blobLease(),
		})
	}),
}

var snapshotCalls = map[string]call{
	"getBlobSnapshot": use(guarded, func(ctx context.Context, a asked) (blob.DownloadStreamResponse, error) {
		return downloaded(a.blobSnapshot().DownloadStream(ctx, &blob.DownloadStreamOptions{
			AccessConditions: a.blobConditions(),
		}))
	}),
	"getBlobSnapshotProperties": use(guarded, func(ctx context.Context, a asked) (blob.GetPropertiesResponse, error) {
		return a.blobSnapshot().GetProperties(ctx, &blob.GetPropertiesOptions{AccessConditions: a.blobConditions()})
	}),
	"deleteBlobSnapshot": use(guarded, func(ctx context.Context, a asked) (blob.DeleteResponse, error) {
		return a.blobSnapshot().Delete(ctx, &blob.DeleteOptions{AccessConditions: a.blobConditions()})
	}),
}
