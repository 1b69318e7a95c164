using System.Text;
using RunAi.Artifacts;

namespace RunAi.Stacks;

/// <summary>Tries an artifact store with one small object, which is deleted again; what lies behind a step that failed is not tried.</summary>
internal static class ArtifactStoreProbe
{
    private static readonly string[] Steps = ["Write", "Read", "Delete"];

    /// <summary>The checks Write, Read and Delete.</summary>
    /// <param name="open">Opens the store.</param>
    /// <param name="tell">Told of each check: its name, whether it passed, and what was found.</param>
    /// <param name="ct">Ends the checks.</param>
    public static async Task CheckAsync(Func<CancellationToken, Task<IArtifactStore>> open, Action<string, bool, string> tell, CancellationToken ct)
    {
        var done = 0;
        try
        {
            var store = await open(ct).ConfigureAwait(false);
            var key = $"probes/{Guid.NewGuid():N}";
            var content = Encoding.ASCII.GetBytes(key);
            await store.WriteAsync(key, content, ct).ConfigureAwait(false);
            Pass($"{store.Uri} takes objects");
            try
            {
                var read = await store.ReadAsync(key, 0, content.Length + 1, ct).ConfigureAwait(false);
                if (read is null || !read.SequenceEqual(content))
                {
                    throw new ArtifactException(
                        ErrorIds.ArtifactDamaged, $"{store.Uri} gave back {(read is null ? "nothing" : "other bytes")} for an object that was just written. "
                        + "Ask its administrator.");
                }

                Pass("the object came back as it was");
            }
            finally
            {
                await store.DeleteAsync([key], ct).ConfigureAwait(false);
            }

            Pass("the object is deleted");
        }
        catch (RunAiException e)
        {
            for (var step = done; step < Steps.Length; step++)
            {
                tell(Steps[step], false, step == done ? e.Message : "not checked");
            }
        }

        void Pass(string message) => tell(Steps[done++], true, message);
    }
}
