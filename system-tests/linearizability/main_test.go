package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/anishathalye/porcupine"
)

const aSale = `{"sale":{"sale":"s","counter":"redis","stock":2,"perBuyerLimit":1,"holdSeconds":60}}`

// A request of a key: kind, buyer, quantity, sent and answered seconds, status code, the order's status, a problem.
func line(kind, buyer, sent, answered, code, status, reason string) string {
	quote := func(text string) string {
		if text == "" {
			return "null"
		}
		return `"` + text + `"`
	}
	lost := "null"
	if code == "0" {
		lost = `"TIMED_OUT"`
	}
	return `{"request":{"request":{"kind":"` + kind + `","sale":"s","buyer":"` + buyer + `","key":"k","quantity":1},` +
		`"sentMicros":` + sent + `000000,"answeredMicros":` + answered + `000000,"answer":{"httpStatus":` + code +
		`,"status":` + quote(status) + `,"reason":` + quote(reason) + `,"lost":` + lost + `}}}`
}

func clock(of, began, over string) string {
	return `{"fault":{"effect":"CLOCK","target":"` + of + `","beganMicros":` + began + `000000,"overMicros":` + over + `000000}}`
}

func TestJudge(t *testing.T) {
	reserved := func(buyer, sent, answered string) string {
		return line("ORDER", buyer, sent, answered, "201", "RESERVED", "")
	}
	for name, each := range map[string]struct {
		good  bool
		lines []string
	}{
		"stock is sold":                       {true, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), line("ORDER", "c", "3", "4", "409", "", "sold-out")}},
		"more than the stock is sold":         {false, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), reserved("c", "3", "4")}},
		"a cancelled unit is sold":            {true, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), line("CANCEL", "a", "3", "5", "200", "CANCELLED", ""), reserved("c", "4", "6")}},
		"before it is cancelled":              {false, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), reserved("c", "3", "4"), line("CANCEL", "a", "5", "6", "200", "CANCELLED", "")}},
		"an unanswered cancel may have":       {true, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), line("CANCEL", "a", "3", "4", "0", "", ""), reserved("c", "8", "9")}},
		"a hold may end":                      {true, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), reserved("c", "61", "62")}},
		"but not before its time":             {false, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), reserved("c", "59", "60")}},
		"a late payment of an ended hold":     {true, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), reserved("c", "62", "63"), line("CANCEL", "c", "64", "65", "200", "CANCELLED", ""), line("PAY", "a", "66", "67", "200", "PAID", "")}},
		"where no unit is left":               {false, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), reserved("c", "62", "63"), reserved("d", "62", "63"), line("PAY", "a", "66", "67", "200", "PAID", ""), line("PAY", "c", "68", "69", "200", "PAID", ""), line("PAY", "d", "70", "71", "200", "PAID", "")}},
		"unless the clock was set":            {true, []string{reserved("a", "1", "2"), clock("postgres", "30", "31"), reserved("b", "1", "2"), reserved("c", "59", "60")}},
		"but not before that":                 {false, []string{reserved("a", "1", "2"), clock("postgres", "30", "31"), reserved("b", "1", "2"), reserved("c", "28", "29")}},
		"nor by a clock set before":           {false, []string{reserved("a", "3", "4"), clock("postgres", "1", "2"), reserved("b", "3", "4"), reserved("c", "59", "60")}},
		"nor by a service's clock":            {false, []string{reserved("a", "1", "2"), clock("order-service-0", "30", "31"), reserved("b", "1", "2"), reserved("c", "59", "60")}},
		"refused after reserved":              {false, []string{reserved("a", "1", "2"), line("ORDER", "a", "3", "4", "409", "", "sold-out")}},
		"refused while being reserved":        {true, []string{reserved("a", "1", "4"), line("ORDER", "a", "2", "3", "409", "", "sold-out")}},
		"pending, then reserved":              {true, []string{line("ORDER", "a", "1", "2", "202", "PENDING", ""), line("LOOK", "a", "3", "4", "200", "PENDING", ""), line("LOOK", "a", "5", "6", "200", "RESERVED", "")}},
		"reserved, then pending":              {false, []string{reserved("a", "1", "2"), line("LOOK", "a", "3", "4", "200", "PENDING", "")}},
		"paid, then reserved":                 {false, []string{reserved("a", "1", "2"), line("PAY", "a", "3", "4", "200", "PAID", ""), line("LOOK", "a", "5", "6", "200", "RESERVED", "")}},
		"an unanswered order":                 {true, []string{line("ORDER", "a", "1", "2", "0", "", ""), line("LOOK", "a", "9", "10", "200", "RESERVED", "")}},
		"a payment accepted, then paid":       {true, []string{reserved("a", "1", "2"), line("PAY", "a", "3", "4", "202", "RESERVED", ""), line("LOOK", "a", "5", "6", "200", "PAID", "")}},
		"a refused cancel of an ended hold":   {true, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), reserved("c", "62", "63"), line("CANCEL", "a", "64", "65", "409", "", "not-held")}},
		"a refused cancel gives nothing back": {false, []string{reserved("a", "1", "2"), reserved("b", "1", "2"), line("CANCEL", "a", "3", "4", "409", "", "not-held"), reserved("c", "5", "6")}},
		"a state without a request":           {false, []string{reserved("a", "1", "2"), line("LOOK", "a", "3", "4", "200", "CANCELLED", "")}},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "history.jsonl")
			if err := os.WriteFile(file, []byte(strings.Join(append([]string{aSale}, each.lines...), "\n")), 0o600); err != nil {
				t.Fatal(err)
			}
			if judge(file) != map[bool]porcupine.CheckResult{true: porcupine.Ok, false: porcupine.Illegal}[each.good] {
				t.Errorf("linearizable: %v", !each.good)
			}
		})
	}
}
