using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace RunAi.EndToEnd.Tests;

/// <summary>A token service as the distribution's token specification has it: RS256 tokens with the certificate in their header.</summary>
internal sealed class TokenServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly string _login;

    public TokenServer(string folder, string user, string password)
    {
        _login = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        var request = new CertificateRequest("CN=tokens", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        Bundle = Path.Combine(folder, "tokens.pem");
        File.WriteAllText(Bundle, _certificate.ExportCertificatePem());
        Realm = $"http://127.0.0.1:{Peers.FreePort()}/token";
        _listener.Prefixes.Add(Realm.Replace("/token", "/", StringComparison.Ordinal));
        _listener.Start();
        _ = ServeAsync();
    }

    public string Realm { get; }

    public string Bundle { get; }

    public ConcurrentQueue<string[]> Scopes { get; } = new();

    public string Section => $$"""
        auth:
          token: { realm: "{{Realm}}", service: registry, issuer: tokens, rootcertbundle: {{Bundle}} }
        """;

    public void Dispose()
    {
        _listener.Close();
        _certificate.Dispose();
        _key.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        if (context.Request.Headers["Authorization"] != _login)
        {
            response.StatusCode = 401;
            return;
        }

        var scopes = context.Request.QueryString.GetValues("scope") ?? [];
        Scopes.Enqueue(scopes);
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["token"] = Token(scopes) }.ToJsonString());
        response.OutputStream.Write(body);
    }

    private string Token(IEnumerable<string> scopes)
    {
        var access = scopes.Select(s => s.Split(':')).Select(p => (JsonNode)new JsonObject
        {
            ["type"] = p[0],
            ["name"] = p[1],
            ["actions"] = new JsonArray([.. p[2].Split(',').Select(a => (JsonNode)a)]),
        });
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var head = new JsonObject
        {
            ["typ"] = "JWT",
            ["alg"] = "RS256",
            ["x5c"] = new JsonArray(Convert.ToBase64String(_certificate.RawData)),
        };
        var claims = new JsonObject
        {
            ["iss"] = "tokens",
            ["aud"] = "registry",
            ["sub"] = "me",
            ["nbf"] = now - 60,
            ["iat"] = now - 60,
            ["exp"] = now + 300,
            ["jti"] = Guid.NewGuid().ToString(),
            ["access"] = new JsonArray([.. access]),
        };
        var signed = $"{Url(Encoding.UTF8.GetBytes(head.ToJsonString()))}.{Url(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Url(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
