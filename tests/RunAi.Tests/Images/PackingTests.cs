using RunAi.Images;

namespace RunAi.Tests.Images;

/// <summary>The base image is read while code is packed.</summary>
public sealed class PackingTests : IDisposable
{
    private readonly ImageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Build_CodeThatCannotBePacked_SaysSoAndEndsTheReadingOfTheBaseImage()
    {
        _bench.Write("train.py", "print(1)");
        var file = Path.Combine(_bench.Source, "train.py");
        using var registry = new SilentRegistry();
        using var transport = new RegistryTransport(_bench.Options, handler: () => registry);
        using var hosts = new RegistryHosts(transport, _bench, _bench.Log);
        var builder = new LayerImageBuilder(hosts, _bench.Options, SampleRunner.In(_bench["runner"]), new FileRemover(file));
        var request = new ImageBuildRequest(
            _bench.Source, ImageLocation.Parse(FakeRegistry.Host + "/base:1"), ImageLocation.Parse(FakeRegistry.Host + "/steps"));

        var failure = await Assert.ThrowsAsync<ImageBuildException>(() => builder.BuildAsync(request, _ => { }, default));

        Assert.Equal(file, failure.Target);
        Assert.True(registry.IsAsked && registry.IsLeft);
    }

    /// <summary>Never answers.</summary>
    private sealed class SilentRegistry : HttpMessageHandler
    {
        public bool IsAsked { get; private set; }

        public bool IsLeft { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            IsAsked = true;
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                IsLeft = true;
                throw;
            }

            throw new InvalidOperationException("Nothing ends this wait but a cancellation.");
        }
    }

    /// <summary>Deletes a file when it is told what will be packed: after it was found, and before it is read.</summary>
    private sealed class FileRemover(string file) : IActivityLog
    {
        public void Verbose(string message) => File.Delete(file);

        public void Debug(string message) => File.Delete(file);

        public void Warning(string message) => File.Delete(file);
    }
}
