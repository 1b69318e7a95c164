using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RunAi.Emulator.Api.Wire;

namespace RunAi.Emulator.Tests;

public class WireJsonTests
{
    [Fact]
    public void Options_BeforeAnythingWasWritten_AreChangedByNoAnswer()
    {
        var options = WireJson.Create();
        var resolver = options.TypeInfoResolver;

        Results.Json(new Dictionary<string, string>(), options);

        Assert.True(options.IsReadOnly);
        Assert.NotNull(resolver);
        Assert.Same(resolver, options.TypeInfoResolver);
        Assert.Equal("""{"a":"1"}""", JsonSerializer.Serialize(new Dictionary<string, string?> { ["a"] = "1" }, options));
    }
}
