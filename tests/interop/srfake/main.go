// A schema registry as Confluent's answers, by an implementation that is not Confluent's: prints its address, serves until
// its input ends. KEY in the environment, where set, is the only Authorization it takes.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"github.com/twmb/franz-go/pkg/sr/srfake"
)

func main() {
	var options []srfake.Option
	if key := os.Getenv("KEY"); key != "" {
		options = append(options, srfake.WithAuth(key))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	go http.Serve(listener, srfake.NewRegistry(options...).Handler())
	io.Copy(io.Discard, os.Stdin)
}
