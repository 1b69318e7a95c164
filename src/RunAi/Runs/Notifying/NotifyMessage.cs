using Newtonsoft.Json.Linq;
using RunAi.Json;

namespace RunAi.Runs;

/// <summary>Writes the message that tells of a run's end. It holds what the run's record holds, and no secret.</summary>
internal static class NotifyMessage
{
    /// <summary>The JSON text in the form that a target takes.</summary>
    /// <param name="shape">The form.</param>
    /// <param name="figures">The run at its end.</param>
    /// <param name="cause">Why it did not succeed, where that is known.</param>
    public static string Write(NotifyShape shape, RunFigures figures, DiagnosisCause? cause) => WireJson.Write(shape switch
    {
        NotifyShape.Teams => Teams(figures, cause),
        NotifyShape.Slack => new { Text = Slack(figures, cause) },
        _ => Webhook(figures, cause),
    });

    private static object Webhook(RunFigures figures, DiagnosisCause? cause) => new
    {
        Event = "runEnded",
        Text = figures.Line(),
        Run = new
        {
            figures.Run.RunId,
            figures.Run.StepName,
            State = figures.Run.State.ToString(),
            figures.Run.ExitCode,
            Cause = cause?.ToString(),
            figures.Run.Message,
            figures.Run.ProjectName,
            figures.Run.WorkloadName,
            figures.Run.WorkloadId,
            figures.Run.Attempt,
            figures.Preemptions,
            figures.Run.SubmittedAt,
            figures.Run.StartedAt,
            figures.Run.EndedAt,
            GpuHours = figures.Usage is { GpuRequested: > 0 } ? figures.Usage.GpuHours : null,
            figures.Usage?.GpuUtilizationMean,
            Outputs = figures.Run.Outputs.Keys,
            figures.Run.Url,
        },
    };

    private static JObject Teams(RunFigures figures, DiagnosisCause? cause)
    {
        var run = figures.Run;
        List<JObject> blocks = [Block($"{run.StepName}: {run.State}", "Bolder"), Block(figures.Line(), "Default")];
        if (cause is not null || run.Message is not null)
        {
            blocks.Add(Block($"{(cause is { } known ? $"{known}. " : "")}{run.Message}", "Default"));
        }

        var card = new JObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = new JArray(blocks),
        };
        if (run.Url is { Length: > 0 } url)
        {
            card["actions"] = new JArray { new JObject { ["type"] = "Action.OpenUrl", ["title"] = "Open in Run:ai", ["url"] = url } };
        }

        return new JObject
        {
            ["type"] = "message",
            ["attachments"] = new JArray
            {
                new JObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card },
            },
        };
    }

    private static JObject Block(string text, string weight) =>
        new() { ["type"] = "TextBlock", ["text"] = Unmarked(text), ["weight"] = weight, ["wrap"] = true };

    private static string Slack(RunFigures figures, DiagnosisCause? cause) =>
        $"*{Escaped(figures.Run.StepName)}: {figures.Run.State}*{(cause is { } known ? $" ({known})" : "")}\n{Escaped(figures.Line())}"
        + (figures.Run.Message is { } message ? $"\n>{Escaped(message)}" : "");

    /// <summary>Slack's marks begin with three characters only.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>Text in a card may hold links and emphasis: a link that a workload wrote is none.</summary>
    private static string Unmarked(string text) => text.Replace("[", "\\[").Replace("]", "\\]").Replace("*", "\\*").Replace("_", "\\_");
}
