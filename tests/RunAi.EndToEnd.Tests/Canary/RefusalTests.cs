using System.Collections;
using RunAi.EndToEnd.Tests.Canary.Drives;

namespace RunAi.EndToEnd.Tests.Canary;

/// <summary>A secret in clear, wherever one could be given, is refused and not repeated.</summary>
public sealed class RefusalTests
{
    private const string Plain = "plain-canary-secret/0123456789+abc==";

    [Theory]
    [InlineData(
        "Register-RunAiStepOperator one -RunAiBaseUrl https://run.example.org -ProjectName p -ClientId i -ClientSecret $operator.Plain")]
    [InlineData("Register-RunAiStack one -StepOperator https://run.example.org -ProjectName p -ClientId i -ClientSecret $operator.Plain "
        + "-ImageBuilder Layer")]
    [InlineData("Register-RunAiStack one -StepOperator gpu -ArtifactStore s3://bucket/x -ArtifactStoreCredential $operator.Plain")]
    [InlineData("Register-RunAiStack one -StepOperator gpu -ContainerRegistry r.io/x -ContainerRegistryCredential $operator.Plain")]
    [InlineData("Register-RunAiArtifactStore one -Uri s3://bucket/x -AccessKeyId me -Credential $operator.Plain")]
    [InlineData("Register-RunAiArtifactStore one -Uri \"az://account/container?sig=$($operator.Plain)\"")]
    [InlineData("Register-RunAiArtifactStore one -Uri s3://bucket/x -Endpoint \"https://me:$($operator.Plain)@minio.example.org\"")]
    [InlineData("Register-RunAiContainerRegistry one -Uri r.io/x -UserName me -Credential $operator.Plain")]
    [InlineData("Import-RunAiStack \"$f/plain.json\"")]
    public void SecretInClear_IsRefusedWithoutEcho(string script)
    {
        using var stage = new CanaryStage(new Uri("http://127.0.0.1:9"), CanaryLogin.None("operator", new Hashtable { ["Plain"] = Plain }));
        stage.Plant("a secret in clear", Plain);
        stage.Write("plain.json", """
            {
              "version": 1,
              "stacks": { "one": { "stepOperator": "one" } },
              "stepOperators": { "one": { "runAiBaseUrl": "https://run.example.org", "projectName": "p", "clientId": "i", "clientSecret": "PLAIN" } }
            }
            """.Replace("PLAIN", Plain, StringComparison.Ordinal));

        Assert.Equal(1, stage.Try([new Drive("refused", script)], () => 0, 1));

        File.Delete(Path.Combine(stage.Folder, "plain.json"));
        stage.AssertNothingSeen();
    }
}
