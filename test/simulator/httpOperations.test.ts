import { afterEach, describe, expect, it } from "vitest";
import { tokens } from "../../simulator/arm/resourceTypes";
import { deploy, ids } from "../support/arm";
import { HttpAzure, versioned } from "../support/http";

let azure: HttpAzure;
afterEach(() => azure.stop());

describe("what takes longer", () => {
  it("is told by the address of an operation, until it is done", async () => {
    azure = await HttpAzure.of(deploy(undefined, "machine"));
    const made = await azure.put("machine");
    expect(made.status).toBe(201);
    expect(made.body.properties.provisioningState).toBe("Creating");
    expect(await azure.ended(made.headers["azure-asyncoperation"])).toMatchObject({ status: "Succeeded" });
    const { body } = await azure.ask("GET", versioned(ids.machine));
    expect(body.properties.provisioningState).toBe("Succeeded");
    const { pathname, search } = new URL(String(made.headers.location));
    expect((await azure.ask("GET", `${pathname}${search}`)).body.id).toBe(ids.machine);
  });

  it("takes minutes where somebody wants to see that, and refuses another write meanwhile", async () => {
    azure = await HttpAzure.of(deploy(), [], "real");
    const { status, headers } = await azure.ask("POST", `${ids.machine}/deallocate?api-version=2024-11-01`);
    expect([status, headers["retry-after"]]).toEqual([202, "5"]);
    const { pathname, search } = new URL(String(headers["azure-asyncoperation"]));
    const underWay = await azure.ask("GET", `${pathname}${search}`);
    expect([underWay.body.status, underWay.headers["retry-after"]]).toEqual(["InProgress", "5"]);
    expect((await azure.ask("POST", `${ids.machine}/start?api-version=2024-11-01`)).body.error.code).toBe(
      "Conflict",
    );
    expect((await azure.ask("GET", versioned(ids.machine))).body.properties.provisioningState).toBe(
      "Updating",
    );
  });

  it("ends as failed where a fault refuses it in the middle, and leaves nothing", async () => {
    azure = await HttpAzure.of(deploy(undefined, "machine"), [
      { type: tokens.machine, fault: "quota-exceeded" },
    ]);
    const { status, headers } = await azure.put("machine");
    expect(status).toBe(201);
    expect(await azure.ended(headers["azure-asyncoperation"])).toMatchObject({
      status: "Failed",
      error: { code: "OperationNotAllowed" },
    });
    expect((await azure.ask("GET", versioned(ids.machine))).status).toBe(404);
  });

  it("is refused at once where there were too many requests", async () => {
    azure = await HttpAzure.of(deploy(undefined, "machine"), [{ type: tokens.machine, fault: "throttled" }]);
    const { status, body } = await azure.put("machine");
    expect([status, body.error.code]).toEqual([429, "TooManyRequests"]);
  });

  it("deletes a group with all that is in it", async () => {
    azure = await HttpAzure.of(deploy());
    const { status, headers } = await azure.ask("DELETE", versioned(ids.group));
    expect(status).toBe(202);
    expect(await azure.ended(headers["azure-asyncoperation"])).toMatchObject({ status: "Succeeded" });
    expect(azure.state.resources).toEqual({});
  });
});

describe("machines and lists", () => {
  const view = async () =>
    (await azure.ask("GET", versioned(ids.machine, "&$expand=instanceView"))).body.properties.instanceView
      .statuses[1].code;

  it("stop, start and are deallocated, whatever the case of a path", async () => {
    azure = await HttpAzure.of(deploy());
    const act = (name: string) =>
      azure.ask(
        "POST",
        `${ids.machine.replace("resourceGroups/rg", "resourcegroups/RG")}/${name}?api-version=2024-11-01`,
      );
    expect(await view()).toBe("PowerState/running");
    await azure.ended((await act("powerOff")).headers["azure-asyncoperation"]);
    expect(await view()).toBe("PowerState/stopped");
    await azure.ended((await act("start")).headers["azure-asyncoperation"]);
    expect(await view()).toBe("PowerState/running");
    await azure.ended((await act("deallocate")).headers["azure-asyncoperation"]);
    expect(await view()).toBe("PowerState/deallocated");
    await azure.ended((await act("restart")).headers["azure-asyncoperation"]);
    expect(await view()).toBe("PowerState/deallocated");
  });

  it("are listed by subscription, by group, by parent and by filter", async () => {
    azure = await HttpAzure.of(deploy());
    const names = async (path: string) =>
      (await azure.ask("GET", path)).body.value.map(({ name }: { name: string }) => name);
    const all = "/subscriptions/00000000-0000-0000-0000-000000000000";
    expect(await names(`${all}/providers/Microsoft.Compute/virtualMachines?api-version=2024-11-01`)).toEqual([
      "vm",
    ]);
    expect(await names(`${ids.group}/providers/Microsoft.Compute/disks?api-version=2024-03-02`)).toEqual([
      "disk",
    ]);
    expect(await names(`${ids.machine}/runCommands?api-version=2024-11-01`)).toEqual(["step"]);
    const ofType = "&$filter=resourceType%20eq%20'Microsoft.Network/natGateways'";
    expect(await names(`${all}/resources?api-version=2022-09-01${ofType}`)).toEqual(["nat"]);
    expect(await names(`${ids.group}/resources?api-version=2022-09-01${ofType}`)).toEqual(["nat"]);
    expect(await names(`${all}/resourcegroups?api-version=2024-03-01`)).toEqual(["rg"]);
  });

  it("count against the quota of their family and region", async () => {
    azure = await HttpAzure.of(deploy());
    const place = "/subscriptions/00000000-0000-0000-0000-000000000000/providers";
    const usages = await azure.ask(
      "GET",
      `${place}/Microsoft.Compute/locations/northeurope/usages?api-version=2024-11-01`,
    );
    const of = (value: string) =>
      usages.body.value.find((one: { name: { value: string } }) => one.name.value === value);
    expect(of("standardDSv5Family")).toMatchObject({ currentValue: 4, limit: 350 });
    expect(of("cores")).toMatchObject({ currentValue: 4, limit: 350 });
  });
});
