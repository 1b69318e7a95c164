using System.Collections;
using System.Text;
using System.Text.Json;
using RunAi.EndToEnd.Tests.Canary.Drives;
using RunAi.EndToEnd.Tests.Canary.Wire;

namespace RunAi.EndToEnd.Tests.Canary;

/// <summary>
/// Every cmdlet against servers that repeat what they were sent, wherever an answer has room for it: none of it comes up in an error, a
/// message or a file.
/// </summary>
[Collection(CanaryCollection.Name)]
public sealed class FailureTests(CanaryServers servers)
{
    private const string Token = "canary-token-0123456789abcdef";
    private const string Signature = "canary%2Bsignature%2Fabcdef0123456789%3D";

    /// <summary>Enough requests for a command that gives up by itself to do so.</summary>
    private const int Enough = 8;

    /// <summary>Where an answer is none, requests are sent again with longer and longer pauses: then some lines must do.</summary>
    private static readonly string[] WorthAWait = ["Connect-RunAi", "Submit-RunAiStep", "Get-RunAiWorkload"];

    [SkippableTheory]
    [InlineData("token refused")]
    [InlineData("token refused as OAuth does")]
    [InlineData("token garbled", true)]
    [InlineData("refused 401")]
    [InlineData("refused 403")]
    [InlineData("refused 404")]
    [InlineData("refused 409")]
    [InlineData("refused 400 with compliance issues")]
    [InlineData("redirected")]
    [InlineData("cut short", true)]
    [InlineData("web page")]
    [InlineData("broken status line", true)]
    [InlineData("broken header", true)]
    public async Task ControlPlane_RepeatsWhatItWasSent(string how, bool isSlow = false)
    {
        var emulator = await servers.EmulatorAsync();
        using var hostile = new HostileServer(request => PlaneAnswer(how, request));
        using var stage = new CanaryStage(
            emulator.Uri,
            CanaryLogin.InEnvironment(
                "operator", new Hashtable { ["ClientId"] = emulator.ClientId }, "ClientSecret", emulator.ClientSecret,
                emulator.ClientSecret),
            CanaryLogin.None("store", new Hashtable { ["Uri"] = $"file:{servers.Folder}/store" }),
            CanaryLogin.None("registry", new Hashtable { ["Uri"] = $"oci:{servers.Folder}/other" }));
        stage.Plant("the access token", Token);
        stage.Plant("the signature of an address", Uri.UnescapeDataString(Signature));
        stage.Play(DriveTable.Setup);
        stage.Play([new Drive("Set-RunAiStepOperator", $"Set-RunAiStepOperator gpu -RunAiBaseUrl http://{hostile.Host}")]);

        var failed = stage.Try(
            DriveTable.Use.Where(drive => !isSlow || WorthAWait.Contains(drive.Cmdlet)), () => hostile.Answered,
            isSlow ? Enough / 2 : Enough);

        Assert.True(failed > (isSlow ? 1 : 10), $"Only {failed} lines failed.");
        Assert.True(hostile.Answered > 10, $"Only {hostile.Answered} requests came.");
        stage.AssertNothingSeen();
    }

    [SkippableTheory]
    [InlineData("azure", "xml 403")]
    [InlineData("azure", "xml 400")]
    [InlineData("azure", "garbled")]
    [InlineData("azure", "broken status line")]
    [InlineData("s3", "xml 403")]
    [InlineData("s3", "xml 400")]
    [InlineData("s3", "garbled")]
    [InlineData("s3", "broken status line")]
    public async Task Store_RepeatsItsSecret(string kind, string how)
    {
        const string Key = "Y2FuYXJ5LXN0b3JlLWtleS0wMTIzNDU2Nzg5YWJjZGVm";
        var emulator = await servers.EmulatorAsync();
        using var hostile = new HostileServer(request => StoreAnswer(how, request, Key));
        var place = kind == "azure"
            ? new Hashtable { ["Uri"] = $"az+http://{hostile.Host}/account/container/team" }
            : new Hashtable { ["Uri"] = "s3://bucket/team", ["Endpoint"] = $"http://{hostile.Host}", ["AccessKeyId"] = "canary-id" };
        using var stage = new CanaryStage(
            emulator.Uri,
            CanaryLogin.InEnvironment(
                "operator", new Hashtable { ["ClientId"] = emulator.ClientId }, "ClientSecret", emulator.ClientSecret,
                emulator.ClientSecret),
            CanaryLogin.InVault("store", place, "Credential", Key, null, Key),
            CanaryLogin.None("registry", new Hashtable { ["Uri"] = $"oci:{servers.Folder}/other" }));
        stage.Plant("the signature of an address", Uri.UnescapeDataString(Signature));

        var failed = stage.Try(DriveTable.Setup.Concat(DriveTable.Use), () => hostile.Answered, Enough);

        Assert.True(failed > 5, $"Only {failed} lines failed.");
        Assert.True(hostile.Answered > 5, $"Only {hostile.Answered} requests came.");
        stage.AssertNothingSeen();
    }

    [SkippableTheory]
    [InlineData("basic")]
    [InlineData("token refused")]
    [InlineData("token given")]
    [InlineData("redirected")]
    [InlineData("broken status line")]
    public async Task Registry_RepeatsItsPassword(string how)
    {
        var emulator = await servers.EmulatorAsync();
        HostileServer? hostile = null;
        using var server = hostile = new HostileServer(request => RegistryAnswer(how, request, hostile!.Host));
        using var stage = new CanaryStage(
            emulator.Uri,
            CanaryLogin.InEnvironment(
                "operator", new Hashtable { ["ClientId"] = emulator.ClientId }, "ClientSecret", emulator.ClientSecret,
                emulator.ClientSecret),
            CanaryLogin.None("store", new Hashtable { ["Uri"] = $"file:{servers.Folder}/store" }),
            servers.RegistryLogin(hostile.Host, "vault"));
        stage.Plant("the registry's token", Token);
        stage.Plant("the signature of an address", Uri.UnescapeDataString(Signature));
        stage.Play(DriveTable.Setup);

        var failed = stage.Try(
            DriveTable.Use.Where(drive => drive.Script.Contains("images", StringComparison.Ordinal)), () => hostile.Answered, 20);

        Assert.True(failed > 0, "No line failed.");
        Assert.True(hostile.Answered > 2, $"Only {hostile.Answered} requests came.");
        stage.AssertNothingSeen();
    }

    private static string PlaneAnswer(string how, RecordedRequest request)
    {
        var isToken = request.Path is "/api/v1/token" or "/api/v2/token";
        var echo = Echo(request);
        var refusal = JsonSerializer.Serialize(new { code = 400, message = $"You sent {echo}", details = $"so: {echo}" });
        if (isToken && !how.StartsWith("token", StringComparison.Ordinal))
        {
            return HostileServer.Answer(
                200, "application/json",
                $$"""{"accessToken":"{{Token}}","access_token":"{{Token}}","token_type":"Bearer","expiresIn":3600}""");
        }

        return how switch
        {
            "token refused" => HostileServer.Answer(401, "application/json", refusal, $"X-Request-Id: {Line(echo)}\r\n"),
            "token refused as OAuth does" => HostileServer.Answer(
                400, "application/json", JsonSerializer.Serialize(new { error = "invalid_client", error_description = echo })),
            "token garbled" =>
                HostileServer.Answer(200, "application/json", $"{{\"you\": {JsonSerializer.Serialize(echo)}, \"accessToken\": "),
            "refused 400 with compliance issues" => HostileServer.Answer(400, "application/json", JsonSerializer.Serialize(new
            {
                code = 400,
                message = echo,
                complianceIssues = new[]
                {
                    new
                    {
                        field = echo,
                        details = $"The value https://store/x?sv=1&sig={Signature}&sp=r is not allowed. {echo}",
                        rule = echo,
                    },
                },
            })),
            "redirected" => HostileServer.Answer(302, "text/plain", echo, $"Location: https://elsewhere/?token={Line(echo)}\r\n"),
            "cut short" => HostileServer.Answer(200, "application/json", $"{{\"you\": {JsonSerializer.Serialize(echo)}, "),
            "web page" => HostileServer.Answer(200, "text/html", $"<!DOCTYPE html><html><body>{echo}</body></html>"),
            "broken status line" => $"HTTP/1.1 {Line(echo)}\r\n\r\n",
            "broken header" => $"HTTP/1.1 200 OK\r\n{Line(echo)}\r\n\r\n",
            _ => HostileServer.Answer(
                int.Parse(how["refused ".Length..], System.Globalization.CultureInfo.InvariantCulture), "application/json", refusal,
                $"X-Request-Id: {Line(echo)}\r\n"),
        };
    }

    private static string StoreAnswer(string how, RecordedRequest request, string key)
    {
        var told = $"{key} https://store/x?sv=1&amp;sig={Signature} {System.Security.SecurityElement.Escape(Echo(request))}";
        return how switch
        {
            "garbled" => HostileServer.Answer(200, "application/xml", $"<Answer><{key}>{told}"),
            "broken status line" => $"HTTP/1.1 {key}\r\n\r\n",
            _ => HostileServer.Answer(
                how == "xml 403" ? 403 : 400, "application/xml",
                $"<?xml version=\"1.0\"?><Error><Code>No{key}</Code><Message>{told}</Message></Error>", $"x-ms-error-code: No{key}\r\n"),
        };
    }

    private string RegistryAnswer(string how, RecordedRequest request, string host)
    {
        var errors = JsonSerializer.Serialize(
            new { errors = new[] { new { code = servers.Password, message = $"{Echo(request)} {servers.Password}" } } });
        var sent = request.Header("Authorization") ?? "";
        return how switch
        {
            "broken status line" => $"HTTP/1.1 {servers.Password}\r\n\r\n",
            "redirected" when sent.Length > 0 && request.Method != "POST" =>
                HostileServer.Answer(307, "text/plain", "", $"Location: http://{host}/signed?X-Amz-Signature={Signature}\r\n"),
            "basic" or "redirected" => sent.Length > 0
                ? HostileServer.Answer(403, "application/json", errors)
                : HostileServer.Answer(401, "application/json", errors, "WWW-Authenticate: Basic realm=\"r\"\r\n"),
            _ when request.Path == "/token" => how == "token given"
                ? HostileServer.Answer(200, "application/json", $$"""{"token":"{{Token}}"}""")
                : HostileServer.Answer(401, "application/json", errors),
            _ => sent.Length > 0
                ? HostileServer.Answer(403, "application/json", errors)
                : HostileServer.Answer(
                    401, "application/json", errors,
                    $"WWW-Authenticate: Bearer realm=\"http://{host}/token\",service=\"r\",scope=\"a:b:c\"\r\n"),
        };
    }

    /// <summary>All that a request holds, and what its Authorization says in clear.</summary>
    private static string Echo(RecordedRequest request)
    {
        var basic = request.Header("Authorization") is { } sent && sent.StartsWith("Basic ", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(sent["Basic ".Length..]))
            : "";
        return $"{basic} {request.Line} "
            + $"{string.Join(' ', request.Headers.Where(h => h.StartsWith("Authorization", StringComparison.OrdinalIgnoreCase)))} "
            + $"{request.Text}";
    }

    private static string Line(string text) => text.Replace('\r', ' ').Replace('\n', ' ');
}
