using System.Reflection;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

/// <summary>Secret and token are looked for in everything that can be printed.</summary>
public sealed class SecretLeakTests
{
    private static readonly string[] Canaries = [ControlPlaneFixture.Secret, ControlPlaneFixture.Bearer];

    [Fact]
    public async Task NothingShownOfAnySuccessOrFailure_HoldsSecretOrToken()
    {
        using var f = new ControlPlaneFixture();
        var shown = new List<string>();
        string[] answers = ["""{"code":400,"message":"no"}""", "<html>x</html>", "", "{\"workloadId\":"];
        foreach (var status in new[] { 202, 400, 401, 403, 404, 409, 429, 500, 503 })
        {
            foreach (var body in answers)
            {
                f.Wire.On(ControlPlaneFixture.Create, status, body);
                f.Wire.On(ControlPlaneFixture.Create, status, body);
                try
                {
                    await f.Clock.DriveAsync(f.Client.CreateTrainingAsync(new JObject { ["name"] = "a" }, default));
                }
                catch (RunAiException ex)
                {
                    shown.Add(ex.ToString());
                    shown.Add($"{ex.Target} {ex.RecommendedAction}");
                }
            }
        }

        f.Wire.Throws(ControlPlaneFixture.List, FakeControlPlane.Reset());
        shown.Add((await f.FailsAsync(f.Client.ListWorkloadsAsync(new(), default))).ToString());
        shown.AddRange(f.Log.All);
        shown.AddRange([f.Session.ToString(), f.Session.ToSnapshot().ToString(), f.Client.ToString()!, f.Cache.ToString()!]);

        Assert.True(shown.Count > 40);
        Assert.All(shown, text => Assert.All(Canaries, canary => Assert.DoesNotContain(canary, text)));
        Assert.Contains(f.Wire.Sent, r => r.Body.Contains(ControlPlaneFixture.Secret));
    }

    [Fact]
    public async Task NoPropertyOfASession_GivesSecretOrToken()
    {
        using var f = new ControlPlaneFixture();
        await f.Client.ConnectAsync(default);
        object[] objects =
        [
            f.Session, f.Session.ToSnapshot(), f.Client, new AccessToken(ControlPlaneFixture.Bearer, default, default),
            new Secrets.Canary().Text,
        ];

        foreach (var value in objects)
        {
            Assert.All(
                value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
                p => Assert.DoesNotContain(
                    "canary", Convert.ToString(p.GetValue(value), System.Globalization.CultureInfo.InvariantCulture)!));
            Assert.DoesNotContain("canary", value.ToString());
        }
    }
}
