using System.Text.Json;

namespace RunAi.Benchmarks.Submission;

/// <summary>What a process has used.</summary>
/// <param name="Wall">The time from its start to its end, in milliseconds.</param>
/// <param name="Processor">Its processor time, in milliseconds.</param>
/// <param name="Memory">Its largest working set, in bytes.</param>
/// <param name="Own">What its script measured itself.</param>
internal readonly record struct ProcessFigures(double Wall, double Processor, double Memory, JsonElement Own);
