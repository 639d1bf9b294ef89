// Checks a crowd's history with Porcupine, a linearizability checker: a second judge, which shares no code with the first.
//
//	go run . HISTORY.jsonl ...
//
// Two models. An order is a state machine: each answer must fit a state that its table leads to. A sale's stock, and a
// buyer's limit, are bounded counters: reservations take units, cancels and ends of holds give them back. A request without
// an answer, and one that was answered "pending", may take effect at any later time or never.
//
// It knows of one kind of fault: while the database's clock is wrong, holds do not have their length.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

const (
	none    = "none"
	open    = math.MaxInt64
	timeout = 2 * time.Minute
)

type request struct {
	Request struct {
		Kind, Sale, Buyer, Key string
		Quantity               int
	}
	SentMicros, AnsweredMicros int64
	Answer                     struct {
		HttpStatus          int
		Status, Reason, Key string
		Lost                *string
	}
}

type sale struct {
	Sale                              string
	Stock, PerBuyerLimit, HoldSeconds int64
}

type fault struct {
	Effect, Target          string
	BeganMicros, OverMicros int64
}

// The states that each request can lead to.
var table = map[string]map[string][]string{
	"ORDER":  {none: {none, "RESERVED", "REJECTED"}},
	"PAY":    {"RESERVED": {"PAID"}, "EXPIRED": {"PAID", "REFUND_DUE"}, "CANCELLED": {"REFUND_DUE"}, "REJECTED": {"REFUND_DUE"}},
	"CANCEL": {"RESERVED": {"CANCELLED"}},
}

// An order; a hold may end before any request.
var order = (&porcupine.NondeterministicModel{
	Init: func() []any { return []any{none} },
	Step: func(state, input, output any) []any {
		var next []any
		before := []string{state.(string)}
		if state == "RESERVED" {
			before = append(before, "EXPIRED")
		}
		for _, was := range before {
			after := table[input.(string)][was]
			if after == nil || output == any("refused") || output == any("any") {
				after = append(slices.Clone(after), was)
			}
			for _, is := range after {
				if fits(is, output.(string)) {
					next = append(next, is)
				}
			}
		}
		return next
	},
}).ToModel()

func fits(is, answer string) bool {
	switch answer {
	case "any":
		return true
	case "refused":
		return is == none || is == "REJECTED"
	}
	return is == answer
}

// Units taken, at most max; units are negative where they are given back.
func counter(max int64) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return int64(0) },
		Step: func(state, units, _ any) (bool, any) {
			taken := state.(int64) + units.(int64)
			return taken <= max, taken
		},
	}
}

// The same operations with less to search: who gives back early and takes late never exceeds a limit sooner. So, if they
// are linearizable at all, they are with each unit given back at the call, and taken at the return or, without one, never.
func narrowed(operations []porcupine.Operation) (points []porcupine.Operation) {
	givenBack := map[int64]int64{}
	for _, o := range operations {
		switch units := o.Input.(int64); {
		case units < 0:
			givenBack[o.Call] += units
		case o.Return != open:
			points = append(points, operation(units, nil, o.Return, o.Return))
		}
	}
	for at, units := range givenBack {
		points = append(points, operation(units, nil, at, at))
	}
	return points
}

// What the answer says about the order; empty if the request had no effect and says nothing.
func answer(r request) string {
	a := r.Answer
	switch {
	case a.HttpStatus == 429 || a.HttpStatus == 422 || a.Reason == "overloaded" || a.Lost != nil && *a.Lost == "NOT_CONNECTED":
		return ""
	case a.HttpStatus == 202 && r.Request.Kind != "LOOK":
		return "any" // accepted, not decided; the status is from before
	case a.HttpStatus/100 == 2 && a.Status == "PENDING" && r.Request.Kind == "LOOK":
		return none
	case a.HttpStatus/100 == 2 && a.Status == "REJECTED":
		return "refused"
	case a.HttpStatus/100 == 2 && a.Status != "PENDING":
		return a.Status
	case a.HttpStatus == 409 && r.Request.Kind == "ORDER":
		return "refused"
	case r.Request.Kind == "LOOK" || a.HttpStatus == 409 && r.Request.Kind == "CANCEL":
		return ""
	}
	return "any"
}

func holds(answer string) bool {
	return answer != none && answer != "refused" && answer != "any" && answer != ""
}

func operation(input, output any, call, back int64) porcupine.Operation {
	return porcupine.Operation{Input: input, Output: output, Call: call, Return: back}
}

// First call and first return of the order's requests that the filter selects; the call counts without an answer too.
func span(of []request, called, answered func(r request) bool) (call, back int64) {
	call, back = open, open
	for _, r := range of {
		if called(r) {
			call = min(call, r.SentMicros)
		}
		if answered(r) {
			back = min(back, r.AnsweredMicros)
		}
	}
	return call, back
}

func is(kind string) func(r request) bool {
	return func(r request) bool { return r.Request.Kind == kind }
}

func says(status string) func(r request) bool {
	return func(r request) bool { return answer(r) == status }
}

// The earliest end of a hold. The database's clock measures it, and ends it at any time once that clock was set.
func expiry(call int64, s sale, faults []fault) int64 {
	expires := call + s.HoldSeconds*1_000_000
	for _, f := range faults {
		if f.Effect == "CLOCK" && strings.HasPrefix(f.Target, "postgres") && f.OverMicros >= call {
			expires = min(expires, max(call, f.BeganMicros))
		}
	}
	return expires
}

// The units that one order took and gave back, as far as its buyer knows.
func units(of []request, s sale, faults []fault) (operations []porcupine.Operation) {
	call, back := span(of, is("ORDER"), func(r request) bool { return holds(answer(r)) })
	if back == open {
		return nil
	}
	first := slices.IndexFunc(of, is("ORDER"))
	quantity := int64(of[first].Request.Quantity)
	operations = append(operations, operation(quantity, nil, call, back))
	cancelled, known := span(of, func(r request) bool {
		return is("CANCEL")(r) && (says("CANCELLED")(r) || says("any")(r))
	}, says("CANCELLED"))
	expires := expiry(call, s, faults)
	_, expired := span(of, is("LOOK"), says("EXPIRED"))
	_, paid := span(of, is("PAY"), says("PAID"))
	switch {
	case cancelled != open:
		operations = append(operations, operation(-quantity, nil, min(cancelled, expires), known))
	case paid == open || min(expires, expired) < paid: // a late payment may take units that are there again
		operations = append(operations, operation(-quantity, nil, min(expires, expired), expired))
		if paid != open {
			operations = append(operations, operation(quantity, nil, min(expires, expired), paid))
		}
	}
	return operations
}

func states(of []request) (operations []porcupine.Operation) {
	for _, r := range of {
		said, back := answer(r), r.AnsweredMicros
		if said == "any" {
			back = open
		}
		if said != "" {
			operations = append(operations, operation(r.Request.Kind, said, r.SentMicros, back))
		}
	}
	return operations
}

func read(file string) (sales map[string]sale, orders map[[3]string][]request, faults []fault) {
	sales, orders = map[string]sale{}, map[[3]string][]request{}
	input, err := os.Open(file)
	fatal(err)
	defer input.Close()
	lines := bufio.NewScanner(input)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct {
			Sale    *sale
			Request *request
			Fault   *fault
		}
		fatal(json.Unmarshal(lines.Bytes(), &line))
		if line.Sale != nil {
			sales[line.Sale.Sale] = *line.Sale
		} else if line.Fault != nil {
			faults = append(faults, *line.Fault)
		} else if r := line.Request; r != nil && r.Request.Kind != "REUSE" {
			key := r.Request.Key
			if key == "" {
				key = r.Answer.Key
			}
			name := [3]string{r.Request.Sale, r.Request.Buyer, key}
			orders[name] = append(orders[name], *r)
		}
	}
	fatal(lines.Err())
	return sales, orders, faults
}

func fatal(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// Whether the operations are linearizable; Unknown if that takes too long.
func check(what string, model porcupine.Model, operations []porcupine.Operation) porcupine.CheckResult {
	result := porcupine.CheckOperationsTimeout(model, operations, timeout)
	if result != porcupine.Ok {
		fmt.Printf("  %s: %s, %d operations\n", what, result, len(operations))
		if len(operations) <= 20 {
			for _, each := range operations {
				fmt.Printf("    %v -> %v, %d to %d\n", each.Input, each.Output, each.Call, each.Return)
			}
		}
	}
	return result
}

// Illegal if one of them is, else Unknown if one of them is.
func worse(a, b porcupine.CheckResult) porcupine.CheckResult {
	severity := []porcupine.CheckResult{porcupine.Ok, porcupine.Unknown, porcupine.Illegal}
	return severity[max(slices.Index(severity, a), slices.Index(severity, b))]
}

func judge(file string) porcupine.CheckResult {
	sales, orders, faults := read(file)
	result, requests := porcupine.Ok, 0
	bySale, byBuyer := map[string][]porcupine.Operation{}, map[[2]string][]porcupine.Operation{}
	for name, of := range orders {
		requests += len(of)
		result = worse(result, check(fmt.Sprint("order ", name), order, states(of)))
		taken := units(of, sales[name[0]], faults)
		bySale[name[0]] = append(bySale[name[0]], taken...)
		buyer := [2]string{name[0], name[1]}
		byBuyer[buyer] = append(byBuyer[buyer], taken...)
	}
	for id, taken := range bySale {
		result = worse(result, check("stock of "+id, counter(sales[id].Stock), narrowed(taken)))
	}
	for buyer, taken := range byBuyer {
		result = worse(result, check(fmt.Sprint("limit of ", buyer), counter(sales[buyer[0]].PerBuyerLimit), narrowed(taken)))
	}
	verdict := map[porcupine.CheckResult]string{
		porcupine.Ok:      "LINEARIZABLE",
		porcupine.Unknown: fmt.Sprint("NOT DECIDED, a search took more than ", timeout),
		porcupine.Illegal: "NOT LINEARIZABLE",
	}[result]
	fmt.Printf("%s: %s, %d sales, %d orders, %d requests\n", file, verdict, len(sales), len(orders), requests)
	return result
}

func main() {
	result := porcupine.Ok
	for _, file := range os.Args[1:] {
		result = worse(result, judge(file))
	}
	if result != porcupine.Ok || len(os.Args) == 1 {
		os.Exit(1)
	}
}
