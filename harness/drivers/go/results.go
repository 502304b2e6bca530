package main

import (
	"fmt"
	"net/http"
	"reflect"
	"time"
)

// toldFields are the fields of results that concern leases, and the headers that they stand for. All results name them
// alike. A result holds no status.
var toldFields = []struct{ field, header string }{
	{"ETag", "etag"},
	{"LastModified", "last-modified"},
	{"LeaseID", "x-ms-lease-id"},
	{"LeaseTime", "x-ms-lease-time"},
	{"LeaseState", "x-ms-lease-state"},
	{"LeaseStatus", "x-ms-lease-status"},
	{"LeaseDuration", "x-ms-lease-duration"},
}

// tells is what a type of result has fields for, by its declaration, which is its documentation.
func tells[Result any]() []string {
	headers := []string{}
	result := reflect.TypeFor[Result]()
	for _, each := range toldFields {
		if _, has := result.FieldByName(each.field); has {
			headers = append(headers, each.header)
		}
	}
	return headers
}

// told is what a result holds.
func told(result any) map[string]string {
	headers := map[string]string{}
	value := reflect.ValueOf(result)
	for _, each := range toldFields {
		field := value.FieldByName(each.field)
		if field.IsValid() && !field.IsNil() {
			headers[each.header] = textOf(field.Elem())
		}
	}
	return headers
}

func textOf(value reflect.Value) string {
	if instant, is := value.Interface().(time.Time); is {
		return instant.UTC().Format(http.TimeFormat)
	}
	return fmt.Sprint(value)
}
