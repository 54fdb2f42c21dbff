// Package main counts.
package main

import (
	"fmt"
	"os"
)

type Route struct {
	Name string `json:"name"`
	Cost float64
}

func (r *Route) String() string { return fmt.Sprintf("%s: %v\n", r.Name, r.Cost) }

func main() {
	routes := map[string]*Route{"a": {Name: "a", Cost: 1.5e3}}
	const most = 0x1F
	for i := range most {
		if r, ok := routes["a"]; ok && r != nil {
			defer fmt.Println(r, 'x', i, `raw
line`)
		}
	}
	/* the end */
	os.Exit(len(routes) - 1)
}
