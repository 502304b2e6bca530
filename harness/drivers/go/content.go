package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
)

// What requests carry: as little as is valid. It is the same in every driver.
const (
	text     = "leasecheck"
	textType = "text/plain"
	// Page blobs are made of pages of this size. Source: Put Page.
	pageBytes = 512
	fileBytes = 512
	quotaGiB  = 100
	// The copy that is aborted: none has this id.
	copyID = "1ea5ec4e-0000-4000-8000-000000000000"
)

var (
	blockID  = base64.StdEncoding.EncodeToString([]byte(text))
	page     = []byte(strings.Repeat(text, pageBytes/len(text)+1))[:pageBytes]
	metadata = map[string]*string{"leasecheck": to.Ptr("set")}
	// Every blob carries the tag from its creation on, so that conditions can ask for it.
	tags = map[string]string{"leasecheck": "yes"}
)

func body(content []byte) io.ReadSeekCloser { return streaming.NopCloser(bytes.NewReader(content)) }

// drained reads content to its end; until then its connection serves nothing else. An answer 304 has none.
func drained(content io.ReadCloser) error {
	if content == nil {
		return nil
	}
	_, err := io.Copy(io.Discard, content)
	return firstOf(err, content.Close())
}

func firstOf(errs ...error) error {
	for _, each := range errs {
		if each != nil {
			return each
		}
	}
	return nil
}

// listed is what the first page of a listing says of one item; nothing, if the page lacks it. The prefix of the listing
// leaves no need for a second page.
func listed[Page, Item, Properties any](
	ctx context.Context,
	pager *runtime.Pager[Page],
	items func(Page) []*Item,
	properties func(*Item) *Properties,
) (Properties, error) {
	var none Properties
	page, err := pager.NextPage(ctx)
	if err != nil {
		return none, err
	}
	for _, each := range items(page) {
		if found := properties(each); found != nil {
			return *found, nil
		}
	}
	return none, nil
}
