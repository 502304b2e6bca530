package main

import (
	"fmt"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

var (
	dates         = []string{"if-modified-since", "if-unmodified-since"}
	modified      = append([]string{"if-match", "if-none-match"}, dates...)
	tagsOnly      = []string{"x-ms-if-tags"}
	allConditions = append(append([]string{}, modified...), tagsOnly...)
)

// modifiedConditions is the condition of a call; nil if it has none.
func (a asked) modifiedConditions() *blob.ModifiedAccessConditions {
	if a.Condition == nil {
		return nil
	}
	value := a.Condition.Value
	switch a.Condition.Header {
	case "if-match":
		return &blob.ModifiedAccessConditions{IfMatch: (*azcore.ETag)(&value)}
	case "if-none-match":
		return &blob.ModifiedAccessConditions{IfNoneMatch: (*azcore.ETag)(&value)}
	case "if-modified-since":
		return &blob.ModifiedAccessConditions{IfModifiedSince: instant(value)}
	case "if-unmodified-since":
		return &blob.ModifiedAccessConditions{IfUnmodifiedSince: instant(value)}
	case "x-ms-if-tags":
		return &blob.ModifiedAccessConditions{IfTags: &value}
	default:
		panic(fmt.Sprintf("no condition %s is known", a.Condition.Header))
	}
}

func (a asked) blobLease() *blob.LeaseAccessConditions {
	if a.LeaseID == nil {
		return nil
	}
	return &blob.LeaseAccessConditions{LeaseID: a.LeaseID}
}

func (a asked) blobConditions() *blob.AccessConditions {
	lease, modified := a.blobLease(), a.modifiedConditions()
	if lease == nil && modified == nil {
		return nil
	}
	return &blob.AccessConditions{LeaseAccessConditions: lease, ModifiedAccessConditions: modified}
}

func (a asked) containerConditions() *container.AccessConditions {
	lease, modified := a.blobLease(), a.modifiedConditions()
	if lease == nil && modified == nil {
		return nil
	}
	return &container.AccessConditions{LeaseAccessConditions: lease, ModifiedAccessConditions: modified}
}

// instant is a date in UTC, as an application has it that knows the instant by itself: time.Parse leaves a date that
// says GMT in a time zone of that name, which hides what the SDK makes of others.
func instant(text string) *time.Time {
	read := must(time.Parse(time.RFC1123, text)).UTC()
	return &read
}
