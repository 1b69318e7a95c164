using System.Collections.Concurrent;
using System.Net;
using Newtonsoft.Json.Linq;
using RunAi.Runs;
using RunAi.Secrets;
using RunAi.Tests.ControlPlane;
using RunAi.Tests.Secrets;

namespace RunAi.Tests.Runs.Notifying;

/// <summary>Who is told of a run's end, how often, and what happens when that fails.</summary>
public sealed class RunNotifierTests : IDisposable
{
    private const string Address = "https://hooks.example/services/very-secret-part";

    private readonly TestClock _time = new();
    private readonly RecordingLog _log = new();
    private readonly MemoryStore _store = new();
    private readonly Hook _hook = new();

    private readonly StepRun _run = new()
    {
        RunId = "01JD",
        StepName = "train <b>",
        WorkloadName = "runai-train-x",
        State = StepRunState.Failed,
        ExitCode = 3,
        Message = "It failed: [click](http://evil.example) <!channel>",
        Notify = ["{{env:HOOK}}"],
        Url = "https://org.run.ai/x",
    };

    public void Dispose() => _hook.Dispose();

    [Fact]
    public async Task End_IsToldOnce_WhoeverSeesIt()
    {
        await TellAsync();
        await TellAsync();

        var (method, address, body) = Assert.Single(_hook.Requests);
        Assert.Equal(("POST", Address), (method, address));
        var told = JObject.Parse(body);
        Assert.Equal(("runEnded", "01JD", "Failed", 3, "UserCode"), (
            (string?)told["event"], (string?)told["run"]!["runId"], (string?)told["run"]!["state"], (int)told["run"]!["exitCode"]!,
            (string?)told["run"]!["cause"]));
        Assert.StartsWith("runai-train-x: Failed, exit code 3", (string?)told["text"], StringComparison.Ordinal);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task EachTarget_GetsItsOwnForm_AndNoMarksOfAWorkload()
    {
        _run.Notify = ["slack:{{env:HOOK}}", "teams:{{env:HOOK}}"];

        await TellAsync();

        var slack = (string?)JObject.Parse(_hook.Requests.First().Body)["text"];
        Assert.StartsWith("*train &lt;b&gt;: Failed* (UserCode)\n", slack, StringComparison.Ordinal);
        Assert.Contains("&lt;!channel&gt;", slack, StringComparison.Ordinal);
        var card = JObject.Parse(_hook.Requests.Last().Body)["attachments"]![0]!["content"]!;
        Assert.Equal(("AdaptiveCard", "https://org.run.ai/x"), ((string?)card["type"], (string?)card["actions"]![0]!["url"]));
        Assert.Contains("\\[click\\]", (string?)card["body"]![2]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageThatDoesNotArrive_IsAWarningWithoutTheAddress_AndNotSentAgainByAnother()
    {
        _hook.Answer = HttpStatusCode.NotFound;

        await TellAsync();
        await TellAsync();

        var warning = Assert.Single(_log.Warnings);
        Assert.Contains("{{env:HOOK}} answered 404", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret-part", string.Join("\n", _log.Warnings.Concat(_log.Others)), StringComparison.Ordinal);
        Assert.Single(_hook.Requests);
    }

    [Fact]
    public async Task ServerInTrouble_IsAskedAgain()
    {
        _hook.Answers.Enqueue(HttpStatusCode.ServiceUnavailable);

        await TellAsync();

        Assert.Equal(2, _hook.Requests.Count);
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData(null, "'HOOK' is not set")]
    [InlineData("ftp://hooks.example/x", "does not hold an https address")]
    [InlineData("http://hooks.example/x", "does not hold an https address")]
    public async Task AddressThatIsNone_IsAWarning(string? address, string said)
    {
        await TellAsync(address: address);

        Assert.Contains(said, Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Empty(_hook.Requests);
    }

    [Fact]
    public async Task Call_IsMadeOnce_AndItsFailureIsAWarning()
    {
        _run.Notify = [];
        var calls = 0;

        await TellAsync(_ => ++calls > 0 ? throw new InvalidOperationException("no speaker") : Task.CompletedTask);
        await TellAsync(_ => Task.FromResult(++calls));

        Assert.Equal(1, calls);
        Assert.Contains("no speaker", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://hooks.example/services/very-secret-part")]
    [InlineData("teams:https://hooks.example/very-secret-part")]
    [InlineData("")]
    public void Target_ThatIsNoReference_IsRefusedWithoutBeingRepeated(string text)
    {
        var error = Assert.Throws<RunAiException>(() => NotifyTarget.Parse(text));

        Assert.Equal(ErrorIds.InvalidNotification, error.ErrorId);
        Assert.DoesNotContain("very-secret-part", error.ToString(), StringComparison.Ordinal);
    }

    private Task TellAsync(Func<RunFigures, Task>? call = null, string? address = Address)
    {
        var secrets = new SecretResolver(new FakeVault(null), name => name == "HOOK" ? address : null);
        var notifier = new RunNotifier(secrets, new WebHooks(() => _hook), _time, _log) { Call = call };
        var figures = new RunFigures(_run, null);
        return _time.DriveAsync(notifier.TellAsync(figures, DiagnosisCause.UserCode, new RunJournal([_store], _time, _log), default));
    }

    private sealed class Hook : HttpMessageHandler
    {
        public ConcurrentQueue<(string Method, string Address, string Body)> Requests { get; } = new();

        public ConcurrentQueue<HttpStatusCode> Answers { get; } = new();

        public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Enqueue(
                (request.Method.Method, request.RequestUri!.AbsoluteUri, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(Answers.TryDequeue(out var next) ? next : Answer);
        }
    }
}
