// Registers an instance of my-service, keeps its lease alive, shows what discovery answers, and deregisters at the end.
//
//	go run examples/go/main.go [-registry http://127.0.0.1:8080] [-for 1m]
//
// Without -for it runs until Ctrl-C. REGISTRY_URL names the registry too.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"syscall"
	"time"
)

type ServiceRegistration struct {
	Name     string            `json:"name"`
	Version  string            `json:"version"`
	Address  string            `json:"address"`
	Port     int               `json:"port"`
	Protocol string            `json:"protocol"`
	TTL      int               `json:"ttl"`
	Metadata map[string]string `json:"metadata"`
}

type Instance struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Address string `json:"address"`
	Port    int    `json:"port"`
	Status  string `json:"status"`
	TTL     int    `json:"ttl"`
}

// Meta is what the registry says about an answer. Position is where a write's event is: a read with min_position reflects it.
type Meta struct {
	Position int64 `json:"position"`
}

type Registry struct {
	address string
	client  *http.Client
}

func main() {
	address := flag.String("registry", environment("REGISTRY_URL", "http://127.0.0.1:8080"), "address of the registry")
	span := flag.Duration("for", 0, "how long to run; 0 is until Ctrl-C")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if *span > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, *span)
		defer cancel()
	}
	registry := &Registry{address: *address, client: &http.Client{Timeout: 10 * time.Second}}
	if err := run(ctx, registry); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, registry *Registry) error {
	instance, position, err := registry.register(ServiceRegistration{
		Name:     "my-service",
		Version:  "1.0.0",
		Address:  "192.168.1.100",
		Port:     8080,
		Protocol: "http",
		TTL:      15,
		Metadata: map[string]string{"environment": "production"},
	})
	if err != nil {
		return err
	}
	fmt.Printf("registered %s, at position %d\n", instance.ID, position)

	found, err := registry.discover(instance.Name, position)
	if err != nil {
		return err
	}
	for _, one := range found {
		fmt.Printf("discovered %s at %s:%d, %s\n", one.ID, one.Address, one.Port, one.Status)
	}

	// Three heartbeats in a lease: two may be lost.
	err = registry.keepAlive(ctx, instance.ID, time.Duration(instance.TTL)*time.Second/3)
	if err != nil {
		return err
	}
	if err := registry.call(http.MethodDelete, "/services/"+url.PathEscape(instance.ID), nil, nil, nil); err != nil {
		return err
	}
	fmt.Printf("deregistered %s\n", instance.ID)
	return nil
}

func (r *Registry) register(registration ServiceRegistration) (Instance, int64, error) {
	var instance Instance
	var meta Meta
	err := r.call(http.MethodPost, "/services", registration, &instance, &meta)
	return instance, meta.Position, err
}

func (r *Registry) discover(service string, position int64) ([]Instance, error) {
	query := url.Values{
		"service_name":            {service},
		"load_balancing_strategy": {"round_robin"},
		"min_position":            {fmt.Sprint(position)},
	}
	var answer struct {
		Services []Instance `json:"services"`
	}
	err := r.call(http.MethodGet, "/discover?"+query.Encode(), nil, &answer, nil)
	return answer.Services, err
}

// keepAlive sends a heartbeat at once and then at each interval, until the context ends. A heartbeat that fails is tried again
// with the next one: the lease is longer than that.
func (r *Registry) keepAlive(ctx context.Context, id string, interval time.Duration) error {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		heartbeat := map[string]string{"service_id": id, "status": "healthy"}
		if err := r.call(http.MethodPost, "/services/"+url.PathEscape(id)+"/heartbeat", heartbeat, nil, nil); err != nil {
			log.Printf("heartbeat: %v", err)
		} else {
			fmt.Println("heartbeat")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// call sends body as JSON, if there is one, and reads the members data and meta of the answer into what is given for them.
func (r *Registry) call(method, path string, body, data, meta any) error {
	var sent io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		sent = bytes.NewReader(encoded)
	}
	request, err := http.NewRequest(method, r.address+"/api/v1"+path, sent)
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := r.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	received, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		return refusal(method, path, response.Status, received)
	}
	return json.Unmarshal(received, &struct {
		Data any `json:"data"`
		Meta any `json:"meta"`
	}{data, meta})
}

// refusal turns a problem+json into an error: code is stable, detail is for people.
func refusal(method, path, status string, received []byte) error {
	var problem struct {
		Code   string `json:"code"`
		Detail string `json:"detail"`
	}
	if err := json.Unmarshal(received, &problem); err != nil {
		return fmt.Errorf("%s %s: %s", method, path, status)
	}
	return fmt.Errorf("%s %s: %s, %s: %s", method, path, status, problem.Code, problem.Detail)
}

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
