using RunAi.Artifacts;

namespace RunAi.Tests.Artifacts;

public sealed class PartBuffersTests
{
    private const int Size = 1 << 20;

    [Fact]
    public void Dispose_LeavesBuffersToTheNextTransfer()
    {
        byte[] buffer;
        using (var first = new PartBuffers(Size))
        {
            buffer = first.Rent();
            first.Return(buffer);
        }

        using var second = new PartBuffers(Size);

        Assert.Same(buffer, second.Rent());
    }

    [Fact]
    public void Rent_OfABufferThatIsOut_GivesAnother()
    {
        using var buffers = new PartBuffers(Size);
        var out1 = buffers.Rent();

        Assert.NotSame(out1, buffers.Rent());
    }
}
