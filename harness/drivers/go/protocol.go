package main

// protocolVersion is the version of the driver protocol that is spoken here; reports/driver-protocol.ts describes it.
const protocolVersion = 1

// request is anything that leasecheck may ask for; which fields it has depends on what is to be done.
type request struct {
	Seq int    `json:"seq"`
	Do  string `json:"do"`

	Port       int        `json:"port"`
	Service    string     `json:"service"`
	URL        string     `json:"url"`
	Account    string     `json:"account"`
	Credential credential `json:"credential"`
	Retry      string     `json:"retry"`
	Logging    bool       `json:"logging"`

	Kind      string    `json:"kind"`
	Call      string    `json:"call"`
	Way       string    `json:"way"`
	Place     place     `json:"place"`
	Lease     *lease    `json:"lease"`
	Arguments arguments `json:"arguments"`

	Handles []int `json:"handles"`
}

type credential struct {
	By               string `json:"by"`
	Key              string `json:"key"`
	ConnectionString string `json:"connectionString"`
	SAS              string `json:"sas"`
	Token            string `json:"token"`
	ExpiresOn        int64  `json:"expiresOn"`
}

// place names what a call is about: container and blob, or share and file; a snapshot is named by its time.
type place struct {
	Container string `json:"container"`
	Blob      string `json:"blob"`
	Share     string `json:"share"`
	File      string `json:"file"`
	Snapshot  string `json:"snapshot"`
}

// lease names a lease client, and the id that it is made with; without one it makes its own.
type lease struct {
	Handle int     `json:"handle"`
	ID     *string `json:"id"`
}

type arguments struct {
	LeaseID         *string    `json:"leaseId"`
	ProposedLeaseID *string    `json:"proposedLeaseId"`
	Duration        *int32     `json:"duration"`
	BreakPeriod     *int32     `json:"breakPeriod"`
	Condition       *condition `json:"condition"`
	Snapshots       string     `json:"snapshots"`
	Source          source     `json:"source"`
	SourceLeaseID   *string    `json:"sourceLeaseId"`
}

type condition struct {
	Header string `json:"header"`
	Value  string `json:"value"`
}

type source struct {
	URL   string `json:"url"`
	Place place  `json:"place"`
}

type helloAnswer struct {
	Seq        int                        `json:"seq"`
	Protocol   int                        `json:"protocol"`
	Driver     string                     `json:"driver"`
	Language   string                     `json:"language"`
	Packages   []packageVersion           `json:"packages"`
	APIVersion string                     `json:"apiVersion"`
	InFlight   int                        `json:"inFlight"`
	Calls      map[string]callDescription `json:"calls"`
	Documented documented                 `json:"documented"`
}

// documented is what the documentation of the SDK promises and not every SDK has to do.
type documented struct {
	Errors []documentedError `json:"errors"`
	Tries  map[string]int    `json:"tries"`
}

type documentedError struct {
	Names []string `json:"names"`
}

type packageVersion struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// callDescription says what a call of the SDK has parameters for, and what its result is documented to hold.
type callDescription struct {
	LeaseID         need     `json:"leaseId,omitempty"`
	ProposedLeaseID need     `json:"proposedLeaseId,omitempty"`
	Duration        need     `json:"duration,omitempty"`
	Durations       []int    `json:"durations,omitempty"`
	BreakPeriod     need     `json:"breakPeriod,omitempty"`
	NotBreakPeriods []int    `json:"notBreakPeriods,omitempty"`
	Source          need     `json:"source,omitempty"`
	SourceLeaseID   need     `json:"sourceLeaseId,omitempty"`
	Snapshots       []string `json:"snapshots,omitempty"`
	Conditions      []string `json:"conditions,omitempty"`
	Fills           []string `json:"fills,omitempty"`
	Tells           []string `json:"tells"`
	Ways            []string `json:"ways,omitempty"`
}

type need string

const (
	optional need = "optional"
	required need = "required"
)

type connectAnswer struct {
	Seq       int  `json:"seq"`
	Connected bool `json:"connected"`
}

type callAnswer struct {
	Seq      int               `json:"seq"`
	Returned map[string]string `json:"returned,omitzero"`
	Raised   *raised           `json:"raised,omitempty"`
	Lease    *leaseChange      `json:"lease,omitempty"`
}

type raised struct {
	Error   string `json:"error"`
	Because string `json:"because"`
	Status  int    `json:"status,omitempty"`
	Code    string `json:"code,omitempty"`
}

// leaseChange is what the lease client shows of itself before a call and after it: the lease clients of Go show their
// id.
type leaseChange struct {
	Before leaseShown `json:"before"`
	After  leaseShown `json:"after"`
}

type leaseShown struct {
	ID string `json:"id,omitempty"`
}

// failure says that the driver cannot go on, through no fault of the SDK.
type failure struct {
	Seq    int    `json:"seq"`
	Failed string `json:"failed"`
}
