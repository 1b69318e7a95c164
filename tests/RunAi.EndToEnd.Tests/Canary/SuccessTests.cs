using System.Collections;
using Azure.Storage.Sas;
using RunAi.EndToEnd.Tests.Canary.Drives;
using RunAi.EndToEnd.Tests.Canary.Sinks;
using RunAi.EndToEnd.Tests.Canary.Wire;

namespace RunAi.EndToEnd.Tests.Canary;

/// <summary>Every cmdlet with every kind of credential, all going well: the secret goes where it lets us in, and nowhere else.</summary>
[Collection(CanaryCollection.Name)]
public sealed class SuccessTests(AzuriteServer azurite, CephServer ceph, CanaryServers servers)
{
    [SkippableTheory]
    [InlineData("environment", "folder", "folder")]
    [InlineData("vault", "azure-key", "basic-credential")]
    [InlineData("secure", "azure-connection", "basic-docker")]
    [InlineData("credential", "azure-signature", "token-vault")]
    [InlineData("vault", "s3-credential", "token-environment")]
    [InlineData("secure", "s3-key", "basic-secure")]
    public async Task Secrets_OfEveryKind_AreNowhereToBeSeen(string client, string store, string registry)
    {
        var emulator = await servers.EmulatorAsync();
        using var plane = new Tap(emulator.Uri.Port);
        var (storePort, storeLogin) = await StoreAsync(store);
        using var storeTap = new Tap(storePort);
        var registryPort = registry == "folder" ? 0 : await servers.RegistryAsync(registry.Split('-')[0]);
        using var registryTap = new Tap(registryPort);
        using var stage = new CanaryStage(
            new Uri($"http://127.0.0.1:{plane.Port}"),
            ClientLogin(client, emulator),
            storeLogin(storeTap.Port),
            registry == "folder"
                ? Folder("registry", $"oci:{servers.Folder}/other")
                : servers.RegistryLogin($"127.0.0.1:{registryTap.Port}", registry.Split('-')[1]));
        stage.Plant("the emulator's client secret", emulator.ClientSecret);

        stage.Play(DriveTable.All);

        foreach (var request in plane.Requests)
        {
            stage.Seen.Add($"requests to the control plane: {request.Method} {request.Path}", WireView.OfControlPlane(request));
        }

        foreach (var request in storeTap.Requests.Concat(registryTap.Requests))
        {
            stage.Seen.Add($"requests to storage: {request.Method} {request.Path}", WireView.OfStorage(request));
        }

        foreach (var credential in plane.Requests.Concat(storeTap.Requests).Concat(registryTap.Requests).Concat(servers.TokenRequests)
            .SelectMany(WireView.Credentials))
        {
            stage.Plant(credential.Name, credential.Value);
        }

        stage.AddControlPlane(servers.EmulatorFolder);
        AssertSomethingHappened(stage, plane, storeTap, registryTap, store, registry);
        stage.AssertNothingSeen();
    }

    /// <summary>A canary that sees nothing proves nothing.</summary>
    private static void AssertSomethingHappened(
        CanaryStage stage, Tap plane, Tap store, Tap registry, string storeKind, string registryKind)
    {
        Assert.Contains("POST /api/v2/token", stage.Seen.Of("messages"), StringComparison.Ordinal);
        Assert.Contains("copying for canary", stage.Seen.Of("messages"), StringComparison.Ordinal);
        Assert.Contains("RUNAI_MANIFEST", stage.Seen.Of("requests to the control plane"), StringComparison.Ordinal);
        Assert.Contains(
            plane.Requests, request => request.Header("Authorization")?.StartsWith("Bearer ", StringComparison.Ordinal) == true);
        Assert.Equal(storeKind != "folder", store.Requests.Any(request => WireView.Credentials(request).Any()));
        Assert.Equal(registryKind != "folder", registry.Requests.Any(request => WireView.Credentials(request).Any()));
    }

    private static CanaryLogin ClientLogin(string kind, EmulatorClient emulator)
    {
        var (id, secret) = (emulator.ClientId, emulator.ClientSecret);
        var parameters = new Hashtable { ["ClientId"] = id };
        return kind switch
        {
            "environment" => CanaryLogin.InEnvironment("operator", parameters, "ClientSecret", secret, secret),
            "vault" => CanaryLogin.InVault(
                "operator", parameters, "ClientSecret", new Hashtable { ["client_secret"] = secret }, "client_secret", secret),
            "secure" => CanaryLogin.AsSecureString("operator", parameters, "ClientSecret", secret),
            _ => CanaryLogin.AsCredential("operator", [], id, secret),
        };
    }

    private static CanaryLogin Folder(string component, string place) => CanaryLogin.None(component, new Hashtable { ["Uri"] = place });

    private async Task<(int Port, Func<int, CanaryLogin> Login)> StoreAsync(string kind)
    {
        if (kind == "folder")
        {
            return (0, _ => Folder("store", $"file:{servers.Folder}/store"));
        }

        if (kind.StartsWith("s3", StringComparison.Ordinal))
        {
            var bucket = await ceph.NewBucketAsync();
            Hashtable InBucket(int port) => new() { ["Uri"] = $"s3://{bucket}/team", ["Endpoint"] = $"http://127.0.0.1:{port}" };
            return (ceph.Port, port => kind == "s3-credential"
                ? CanaryLogin.AsCredential("store", InBucket(port), CephServer.AccessKey, ceph.SecretKey)
                : CanaryLogin.InEnvironment(
                    "store", new Hashtable(InBucket(port)) { ["AccessKeyId"] = CephServer.AccessKey }, "Credential", ceph.SecretKey,
                    ceph.SecretKey));
        }

        var container = await azurite.NewContainerAsync();
        Hashtable InContainer(int port) => new() { ["Uri"] = $"az+http://127.0.0.1:{port}/{AzuriteServer.Account}/{container}/team" };
        var signature = azurite.Service().GenerateAccountSasUri(
            AccountSasPermissions.All, TimeProvider.System.GetUtcNow().AddDays(1), AccountSasResourceTypes.All).Query.TrimStart('?');
        var sign = Uri.UnescapeDataString(signature.Split('&').Single(part => part.StartsWith("sig=", StringComparison.Ordinal))[4..]);
        return (azurite.Port, port => kind switch
        {
            "azure-key" => CanaryLogin.AsSecureString("store", InContainer(port), "Credential", azurite.Key),
            "azure-connection" => CanaryLogin.InEnvironment(
                "store", InContainer(port), "Credential",
                $"AccountName={AzuriteServer.Account};AccountKey={azurite.Key};EndpointSuffix=core.windows.net", azurite.Key),
            _ => CanaryLogin.InVault("store", InContainer(port), "Credential", signature, null, sign),
        });
    }
}
