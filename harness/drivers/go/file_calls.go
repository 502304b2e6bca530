package main

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/file"
)

var (
	copiesFile = callDescription{LeaseID: optional, Source: required}
	renames    = callDescription{LeaseID: optional, Source: required, SourceLeaseID: optional}
)

// fileCalls are the uses of files. Left out is what azfile has no call for: it reads metadata together with the other
// properties.
var fileCalls = map[string]call{
	"getFile": use(leased, func(ctx context.Context, a asked) (file.DownloadStreamResponse, error) {
		response, err := a.file().DownloadStream(ctx, &file.DownloadStreamOptions{LeaseAccessConditions: a.fileLease()})
		if err != nil {
			return response, err
		}
		return response, drained(response.Body)
	}),
	"getFileProperties": use(leased, func(ctx context.Context, a asked) (file.GetPropertiesResponse, error) {
		return a.file().GetProperties(ctx, &file.GetPropertiesOptions{LeaseAccessConditions: a.fileLease()})
	}),
	"listRanges": use(leased, func(ctx context.Context, a asked) (file.GetRangeListResponse, error) {
		return a.file().GetRangeList(ctx, &file.GetRangeListOptions{LeaseAccessConditions: a.fileLease()})
	}),
	"setFileMetadata": use(leased, func(ctx context.Context, a asked) (file.SetMetadataResponse, error) {
		return a.file().SetMetadata(ctx, &file.SetMetadataOptions{
			Metadata:              metadata,
			LeaseAccessConditions: a.fileLease(),
		})
	}),
	"setFileProperties": use(leased, func(ctx context.Context, a asked) (file.SetHTTPHeadersResponse, error) {
		return a.file().SetHTTPHeaders(ctx, &file.SetHTTPHeadersOptions{
			HTTPHeaders:           fileHeaders,
			LeaseAccessConditions: a.fileLease(),
		})
	}),
	"putRange": use(leased, func(ctx context.Context, a asked) (file.UploadRangeResponse, error) {
		return a.file().UploadRange(ctx, 0, body([]byte(text)), &file.UploadRangeOptions{
			LeaseAccessConditions: a.fileLease(),
		})
	}),
	"clearRange": use(leased, func(ctx context.Context, a asked) (file.ClearRangeResponse, error) {
		return a.file().ClearRange(ctx, file.HTTPRange{Count: fileBytes}, &file.ClearRangeOptions{
			LeaseAccessConditions: a.fileLease(),
		})
	}),
	"createFile": use(leased, func(ctx context.Context, a asked) (file.CreateResponse, error) {
		return a.file().Create(ctx, fileBytes, &file.CreateOptions{
			HTTPHeaders:           fileHeaders,
			LeaseAccessConditions: a.fileLease(),
		})
	}),
	"copyFile": use(copiesFile, func(ctx context.Context, a asked) (file.StartCopyFromURLResponse, error) {
		return a.file().StartCopyFromURL(ctx, a.Source.URL, &file.StartCopyFromURLOptions{
			LeaseAccessConditions: a.fileLease(),
		})
	}),
	"abortCopyFile": use(leased, func(ctx context.Context, a asked) (file.AbortCopyResponse, error) {
		return a.file().AbortCopy(ctx, copyID, &file.AbortCopyOptions{LeaseAccessConditions: a.fileLease()})
	}),
	"renameFile": use(renames, func(ctx context.Context, a asked) (file.RenameResponse, error) {
		options := &file.RenameOptions{ReplaceIfExists: to.Ptr(true)}
		if a.LeaseID != nil {
			options.DestinationLeaseAccessConditions = &file.DestinationLeaseAccessConditions{
				DestinationLeaseID: a.LeaseID,
			}
		}
		if a.SourceLeaseID != nil {
			options.SourceLeaseAccessConditions = &file.SourceLeaseAccessConditions{SourceLeaseID: a.SourceLeaseID}
		}
		return a.sourceFile().Rename(ctx, a.place.File, options)
	}),
	"deleteFile": use(leased, func(ctx context.Context, a asked) (file.DeleteResponse, error) {
		return a.file().Delete(ctx, &file.DeleteOptions{LeaseAccessConditions: a.fileLease()})
	}),
}

var fileHeaders = &file.HTTPHeaders{ContentType: to.Ptr(textType)}

func (a asked) fileLease() *file.LeaseAccessConditions {
	if a.LeaseID == nil {
		return nil
	}
	return &file.LeaseAccessConditions{LeaseID: a.LeaseID}
}
