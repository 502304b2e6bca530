// The driver go: performs calls of azblob and azfile for leasecheck, which asks for them on standard input.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
)

// inFlight is how many calls are served at once.
const inFlight = 64

func main() {
	driver := newDriver(os.Stdout)
	if err := driver.serve(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// driver answers the requests of leasecheck.
type driver struct {
	connections connections
	leases      leaseClients
	slots       chan struct{}
	writing     sync.Mutex
	out         io.Writer
}

func newDriver(out io.Writer) *driver {
	return &driver{
		connections: connections{byPort: map[int]*connection{}},
		leases:      leaseClients{byHandle: map[int]leaseClient{}},
		slots:       make(chan struct{}, inFlight),
		out:         out,
	}
}

// serve answers until it is told to stop, or nothing more can be asked. Calls are performed beside each other; all else
// is done in the order in which it is asked for.
func (d *driver) serve(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), 1<<24)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return fmt.Errorf("not a request of leasecheck: %w: %s", err, lines.Text())
		}
		if asked.Do == "stop" {
			return nil
		}
		d.take(asked)
	}
	return lines.Err()
}

func (d *driver) take(asked request) {
	switch asked.Do {
	case "hello":
		d.answer(hello(asked.Seq))
	case "connect":
		if err := d.connections.open(asked); err != nil {
			d.answer(failure{asked.Seq, err.Error()})
			return
		}
		d.answer(connectAnswer{asked.Seq, true})
	case "call":
		d.slots <- struct{}{}
		go func() {
			d.answer(d.perform(context.Background(), asked))
			<-d.slots
		}()
	case "forget":
		d.leases.forget(asked.Handles)
	default:
		d.answer(failure{asked.Seq, fmt.Sprintf("the driver go does not know how to %q", asked.Do)})
	}
}

func (d *driver) answer(message any) {
	line, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	// Nobody is left to be told of an error: whoever asked has gone.
	_, _ = d.out.Write(append(line, '\n'))
}
