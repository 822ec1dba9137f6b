// Azure's SDK for Go, which Pulumi's and Terraform's providers are written with, on the simulated Azure: signs in as a machine's managed
// identity does, lists, stops and starts machines, runs a script, and reads an error. Prints what it found as JSON.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/compute/armcompute/v7"
)

type found struct {
	Machines []string `json:"machines"`
	Powers   []string `json:"powers"`
	Run      string   `json:"run"`
	Error    string   `json:"error"`
	Status   int      `json:"status"`
}

func main() {
	said, err := ask(context.Background(), os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(said)
}

func ask(ctx context.Context, endpoint, group string) (said found, err error) {
	where := cloud.Configuration{Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
		cloud.ResourceManager: {Endpoint: endpoint, Audience: endpoint},
	}}
	credential, err := azidentity.NewManagedIdentityCredential(nil)
	if err != nil {
		return said, err
	}
	options := &arm.ClientOptions{ClientOptions: azcore.ClientOptions{Cloud: where}}
	subscription := "00000000-0000-0000-0000-000000000000"
	clients, err := armcompute.NewClientFactory(subscription, credential, options)
	if err != nil {
		return said, err
	}
	machines := clients.NewVirtualMachinesClient()

	for pages := machines.NewListPager(group, nil); pages.More(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return said, err
		}
		for _, one := range page.Value {
			said.Machines = append(said.Machines, *one.Name)
		}
	}
	first := said.Machines[0]

	power := func() error {
		view, err := machines.InstanceView(ctx, group, first, nil)
		if err != nil {
			return err
		}
		said.Powers = append(said.Powers, *view.Statuses[1].Code)
		return nil
	}
	stop, err := machines.BeginDeallocate(ctx, group, first, nil)
	if err != nil {
		return said, err
	}
	if _, err = stop.PollUntilDone(ctx, nil); err != nil {
		return said, err
	}
	if err = power(); err != nil {
		return said, err
	}
	start, err := machines.BeginStart(ctx, group, first, nil)
	if err != nil {
		return said, err
	}
	if _, err = start.PollUntilDone(ctx, nil); err != nil {
		return said, err
	}
	if err = power(); err != nil {
		return said, err
	}

	commands := clients.NewVirtualMachineRunCommandsClient()
	run, err := commands.BeginCreateOrUpdate(ctx, group, first, "from-go", armcompute.VirtualMachineRunCommand{
		Location: to.Ptr("northeurope"),
		Properties: &armcompute.VirtualMachineRunCommandProperties{
			Source: &armcompute.VirtualMachineRunCommandScriptSource{Script: to.Ptr("hostname")},
		},
	}, nil)
	if err != nil {
		return said, err
	}
	made, err := run.PollUntilDone(ctx, nil)
	if err != nil {
		return said, err
	}
	said.Run = *made.Properties.ProvisioningState
	gone, err := commands.BeginDelete(ctx, group, first, "from-go", nil)
	if err != nil {
		return said, err
	}
	if _, err = gone.PollUntilDone(ctx, nil); err != nil {
		return said, err
	}

	_, err = machines.Get(ctx, group, "nobody", nil)
	var refused *azcore.ResponseError
	if !errors.As(err, &refused) {
		return said, fmt.Errorf("a machine that is not there was answered with %w", err)
	}
	said.Error, said.Status = refused.ErrorCode, refused.StatusCode
	return said, nil
}
