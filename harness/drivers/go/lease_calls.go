package main

import (
	"context"

	bloblease "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/lease"
	filelease "github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/lease"
)

// leaseCalls are the lease actions, by kind and name. The ids are not among the arguments: a lease client remembers its
// own. A lease of a file is not renewed: the SDK has no call for it.
var leaseCalls = joined(
	blobLeaseCalls("blob", allConditions, ofBlockBlob, ofAppendBlob, ofPageBlob),
	blobLeaseCalls("blob-snapshot", allConditions),
	containerLeaseCalls,
	shareLeaseCalls("share"),
	shareLeaseCalls("share-snapshot"),
	fileLeaseCalls,
)

// What lease calls take. A lease client that is made without an id makes one, and proposes it.
var (
	acquires = callDescription{ProposedLeaseID: optional, Duration: required, Fills: []string{"proposedLeaseId"}}
	keeps    = callDescription{LeaseID: required}
	changes  = callDescription{LeaseID: required, ProposedLeaseID: required}
	// To azblob -1 means that the period is left out. Source: azblob's lease.BreakNaturally.
	breaks = callDescription{BreakPeriod: optional, NotBreakPeriods: []int{bloblease.BreakNaturally}}
	// Breaking the lease of a share or a file may name it. Source: azfile's lease.ShareBreakOptions,
	// lease.FileBreakOptions.
	breaksShare = callDescription{BreakPeriod: optional, LeaseID: optional}
	breaksFile  = callDescription{LeaseID: optional}
	// The lease of a file is infinite: the call has no parameter for its duration. Source: azfile's lease.FileClient.
	acquiresFile = callDescription{
		ProposedLeaseID: optional,
		Duration:        optional,
		Durations:       []int{-1},
		Fills:           []string{"proposedLeaseId", "duration"},
	}
)

func (c callDescription) when(conditions []string) callDescription {
	c.Conditions = conditions
	return c
}

// leaseCall is a call of one type of lease client. Its ways differ in what the lease client is made of, not in the
// call.
func leaseCall[Client leaseClient, Result any](
	takes callDescription,
	perform func(context.Context, Client, asked) (Result, error),
	names ...string,
) call {
	through := func(ctx context.Context, asked asked, client leaseClient) (any, error) {
		return perform(ctx, client.(Client), asked)
	}
	others := ways{}
	for _, name := range names {
		others[name] = through
	}
	return described[Result](takes, through, []ways{others})
}

func blobLeaseCalls(kind string, conditions []string, names ...string) map[string]call {
	return map[string]call{
		kind + ".acquire": leaseCall(acquires.when(conditions), func(
			ctx context.Context, c *bloblease.BlobClient, a asked,
		) (bloblease.BlobAcquireResponse, error) {
			return c.AcquireLease(ctx, *a.Duration, &bloblease.BlobAcquireOptions{
				ModifiedAccessConditions: a.modifiedConditions(),
			})
		}, names...),
		kind + ".renew": leaseCall(keeps.when(conditions), func(
			ctx context.Context, c *bloblease.BlobClient, a asked,
		) (bloblease.BlobRenewResponse, error) {
			return c.RenewLease(ctx, &bloblease.BlobRenewOptions{ModifiedAccessConditions: a.modifiedConditions()})
		}),
		kind + ".change": leaseCall(changes.when(conditions), func(
			ctx context.Context, c *bloblease.BlobClient, a asked,
		) (bloblease.BlobChangeResponse, error) {
			return c.ChangeLease(ctx, *a.ProposedLeaseID, &bloblease.BlobChangeOptions{
				ModifiedAccessConditions: a.modifiedConditions(),
			})
		}),
		kind + ".release": leaseCall(keeps.when(conditions), func(
			ctx context.Context, c *bloblease.BlobClient, a asked,
		) (bloblease.BlobReleaseResponse, error) {
			return c.ReleaseLease(ctx, &bloblease.BlobReleaseOptions{ModifiedAccessConditions: a.modifiedConditions()})
		}),
		kind + ".break": leaseCall(breaks.when(conditions), func(
			ctx context.Context, c *bloblease.BlobClient, a asked,
		) (bloblease.BlobBreakResponse, error) {
			return c.BreakLease(ctx, &bloblease.BlobBreakOptions{
				BreakPeriod:              a.BreakPeriod,
				ModifiedAccessConditions: a.modifiedConditions(),
			})
		}),
	}
}

// Of the conditions of containers the service knows the dates, and azblob passes on no others. Sources: Lease
// Container; azblob's lease.ContainerAcquireOptions.
var containerLeaseCalls = map[string]call{
	"container.acquire": leaseCall(acquires.when(dates), func(
		ctx context.Context, c *bloblease.ContainerClient, a asked,
	) (bloblease.ContainerAcquireResponse, error) {
		return c.AcquireLease(ctx, *a.Duration, &bloblease.ContainerAcquireOptions{
			ModifiedAccessConditions: a.modifiedConditions(),
		})
	}),
	"container.renew": leaseCall(keeps.when(dates), func(
		ctx context.Context, c *bloblease.ContainerClient, a asked,
	) (bloblease.ContainerRenewResponse, error) {
		return c.RenewLease(ctx, &bloblease.ContainerRenewOptions{ModifiedAccessConditions: a.modifiedConditions()})
	}),
	"container.change": leaseCall(changes.when(dates), func(
		ctx context.Context, c *bloblease.ContainerClient, a asked,
	) (bloblease.ContainerChangeResponse, error) {
		return c.ChangeLease(ctx, *a.ProposedLeaseID, &bloblease.ContainerChangeOptions{
			ModifiedAccessConditions: a.modifiedConditions(),
		})
	}),
	"container.release": leaseCall(keeps.when(dates), func(
		ctx context.Context, c *bloblease.ContainerClient, a asked,
	) (bloblease.ContainerReleaseResponse, error) {
		return c.ReleaseLease(ctx, &bloblease.ContainerReleaseOptions{ModifiedAccessConditions: a.modifiedConditions()})
	}),
	"container.break": leaseCall(breaks.when(dates), func(
		ctx context.Context, c *bloblease.ContainerClient, a asked,
	) (bloblease.ContainerBreakResponse, error) {
		return c.BreakLease(ctx, &bloblease.ContainerBreakOptions{
			BreakPeriod:              a.BreakPeriod,
			ModifiedAccessConditions: a.modifiedConditions(),
		})
	}),
}

func shareLeaseCalls(kind string) map[string]call {
	return map[string]call{
		kind + ".acquire": leaseCall(acquires, func(
			ctx context.Context, c *filelease.ShareClient, a asked,
		) (filelease.ShareAcquireResponse, error) {
			return c.Acquire(ctx, *a.Duration, nil)
		}),
		kind + ".renew": leaseCall(keeps, func(
			ctx context.Context, c *filelease.ShareClient, a asked,
		) (filelease.ShareRenewResponse, error) {
			return c.Renew(ctx, nil)
		}),
		kind + ".change": leaseCall(changes, func(
			ctx context.Context, c *filelease.ShareClient, a asked,
		) (filelease.ShareChangeResponse, error) {
			return c.Change(ctx, *a.ProposedLeaseID, nil)
		}),
		kind + ".release": leaseCall(keeps, func(
			ctx context.Context, c *filelease.ShareClient, a asked,
		) (filelease.ShareReleaseResponse, error) {
			return c.Release(ctx, nil)
		}),
		kind + ".break": leaseCall(breaksShare, func(
			ctx context.Context, c *filelease.ShareClient, a asked,
		) (filelease.ShareBreakResponse, error) {
			return c.Break(ctx, &filelease.ShareBreakOptions{
				BreakPeriod:      a.BreakPeriod,
				AccessConditions: a.leaseOfBreak(),
			})
		}),
	}
}

var fileLeaseCalls = map[string]call{
	"file.acquire": leaseCall(acquiresFile, func(
		ctx context.Context, c *filelease.FileClient, a asked,
	) (filelease.FileAcquireResponse, error) {
		return c.Acquire(ctx, nil)
	}),
	"file.change": leaseCall(changes, func(
		ctx context.Context, c *filelease.FileClient, a asked,
	) (filelease.FileChangeResponse, error) {
		return c.Change(ctx, *a.ProposedLeaseID, nil)
	}),
	"file.release": leaseCall(keeps, func(
		ctx context.Context, c *filelease.FileClient, a asked,
	) (filelease.FileReleaseResponse, error) {
		return c.Release(ctx, nil)
	}),
	"file.break": leaseCall(breaksFile, func(
		ctx context.Context, c *filelease.FileClient, a asked,
	) (filelease.FileBreakResponse, error) {
		return c.Break(ctx, &filelease.FileBreakOptions{AccessConditions: a.leaseOfBreak()})
	}),
}

func (a asked) leaseOfBreak() *filelease.AccessConditions {
	if a.LeaseID == nil {
		return nil
	}
	return &filelease.AccessConditions{LeaseID: a.LeaseID}
}
