package main

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/service"
)

const modules = "github.com/Azure/azure-sdk-for-go/sdk/"

func hello(seq int) helloAnswer {
	descriptions := map[string]callDescription{}
	for name, each := range calls {
		descriptions[name] = each.description
	}
	return helloAnswer{
		Seq:        seq,
		Protocol:   protocolVersion,
		Driver:     "go",
		Language:   "Go " + strings.TrimPrefix(runtime.Version(), "go"),
		Packages:   packages(),
		APIVersion: apiVersion(),
		InFlight:   inFlight,
		Calls:      descriptions,
		Documented: promised,
	}
}

// promised is what the documentation of the SDK promises. Sources: the README of azblob says that an answer which is an
// error is an azcore.ResponseError; azcore's policy.RetryOptions says that a request is tried again three times.
var promised = documented{
	Errors: []documentedError{{Names: []string{responseError}}},
	Tries:  map[string]int{"none": 1, "default": 4},
}

// packages are the modules of the SDK that this program was built with.
func packages() []packageVersion {
	found := []packageVersion{}
	info, _ := debug.ReadBuildInfo()
	for _, each := range info.Deps {
		name, version := strings.TrimPrefix(each.Path, modules), each.Version
		// A version that was asked for stands in for the one of go.mod; sources in a folder have none.
		if each.Replace != nil {
			version = cmp.Or(each.Replace.Version, "from a folder")
		}
		if name == "storage/azblob" || name == "storage/azfile" || name == "azcore" {
			short := strings.TrimPrefix(name, "storage/")
			found = append(found, packageVersion{short, strings.TrimPrefix(version, "v")})
		}
	}
	return found
}

// apiVersion is the version of the REST API that azblob asks for. The SDK names it in no public place but its requests,
// so it is asked for one that is never sent.
func apiVersion() string {
	version := versionSeen{}
	general := azcore.ClientOptions{Transport: &version, Retry: retryPolicies["none"]}
	options := &service.ClientOptions{ClientOptions: general}
	client, err := service.NewClientWithNoCredential("http://127.0.0.1/account", options)
	if err != nil {
		panic(err)
	}
	_, _ = client.GetProperties(context.Background(), nil)
	return version.named
}

// versionSeen sends nothing, and notes the version that a request names.
type versionSeen struct{ named string }

func (v *versionSeen) Do(request *http.Request) (*http.Response, error) {
	v.named = request.Header.Get("x-ms-version")
	// The SDK sets some headers past Go's canonical form.
	if v.named == "" {
		v.named = strings.Join(request.Header["x-ms-version"], "")
	}
	return nil, errors.New("not sent")
}
