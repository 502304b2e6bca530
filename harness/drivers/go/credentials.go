package main

import (
	"context"
	"fmt"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	blobservice "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/service"
	fileservice "github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/service"
)

func blobServiceClient(asked request, general azcore.ClientOptions) (*blobservice.Client, error) {
	options := &blobservice.ClientOptions{ClientOptions: general}
	switch given := asked.Credential; given.By {
	case "key":
		key, err := blobservice.NewSharedKeyCredential(asked.Account, given.Key)
		if err != nil {
			return nil, err
		}
		return blobservice.NewClientWithSharedKeyCredential(asked.URL, key, options)
	case "connection-string":
		return blobservice.NewClientFromConnectionString(given.ConnectionString, options)
	case "sas":
		return blobservice.NewClientWithNoCredential(asked.URL+"?"+given.SAS, options)
	case "token":
		return blobservice.NewClient(asked.URL, tokenOf(given), options)
	case "none":
		return blobservice.NewClientWithNoCredential(asked.URL, options)
	default:
		return nil, unknownCredential(given)
	}
}

func fileServiceClient(asked request, general azcore.ClientOptions) (*fileservice.Client, error) {
	options := &fileservice.ClientOptions{ClientOptions: general}
	switch given := asked.Credential; given.By {
	case "key":
		key, err := fileservice.NewSharedKeyCredential(asked.Account, given.Key)
		if err != nil {
			return nil, err
		}
		return fileservice.NewClientWithSharedKeyCredential(asked.URL, key, options)
	case "connection-string":
		return fileservice.NewClientFromConnectionString(given.ConnectionString, options)
	case "sas":
		return fileservice.NewClientWithNoCredential(asked.URL+"?"+given.SAS, options)
	case "token":
		// Files take a token only from who says what it is for. Source: azfile's ClientOptions.
		options.FileRequestIntent = to.Ptr(fileservice.ShareTokenIntentBackup)
		return fileservice.NewClient(asked.URL, tokenOf(given), options)
	case "none":
		return fileservice.NewClientWithNoCredential(asked.URL, options)
	default:
		return nil, unknownCredential(given)
	}
}

func unknownCredential(given credential) error {
	return fmt.Errorf("the driver go does not know a credential by %q", given.By)
}

// staticToken is a token that is there already.
type staticToken struct{ token azcore.AccessToken }

func tokenOf(given credential) staticToken {
	return staticToken{azcore.AccessToken{Token: given.Token, ExpiresOn: time.Unix(given.ExpiresOn, 0)}}
}

func (t staticToken) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return t.token, nil
}
