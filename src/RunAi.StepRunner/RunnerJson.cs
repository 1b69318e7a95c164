using System.Text.Json;
using System.Text.Json.Serialization;
using RunAi.RunManifest;

namespace RunAi.StepRunner;

/// <summary>The JSON of the contract, without reflection: camel case, and what is null is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ArtifactDescriptor))]
[JsonSerializable(typeof(LogHead))]
[JsonSerializable(typeof(LogNote))]
[JsonSerializable(typeof(CheckpointHead))]
internal sealed partial class RunnerJson : JsonSerializerContext;
