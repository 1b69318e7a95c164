using System.Net;
using System.Net.Http.Headers;

namespace RunAi.Emulator.Execution.Images;

/// <summary>A repository of a registry, read over the OCI distribution protocol; plain http where it is on this machine.</summary>
internal sealed class RegistrySource(ImageName image, HttpClient http, RegistryLogin? login) : IImageSource
{
    private const int LargestManifest = 4 << 20;

    private static readonly string[] Manifests =
    [
        ImageMediaTypes.OciManifest, ImageMediaTypes.OciIndex, ImageMediaTypes.DockerManifest, ImageMediaTypes.DockerList,
    ];

    private readonly RegistryAuthorization _authorization = new(image, http, login);

    private string Root => $"{(image.IsLoopback ? "http" : "https")}://{Host}/v2/{image.Repository}/";

    private string Host => image.Registry == ImageName.DockerHub ? "registry-1.docker.io" : image.Registry;

    public async Task<byte[]> ManifestAsync(string? reference, CancellationToken cancellation)
    {
        using var answer = await GetAsync($"manifests/{reference}", cancellation).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var buffer = new byte[16 << 10];
            int read;
            while ((read = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                if (bytes.Length + read > LargestManifest)
                {
                    throw new ImageException($"the manifest is larger than {LargestManifest >> 20} MiB");
                }

                bytes.Write(buffer, 0, read);
            }
        }

        return bytes.ToArray();
    }

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellation)
    {
        // The answer lives as long as its stream, which closes the connection.
        var answer = await GetAsync($"blobs/{blob.Digest}", cancellation).ConfigureAwait(false);
        return await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var answer = await SendAsync(path, cancellation).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.Unauthorized
                && await _authorization.AnswerAsync(answer.Headers.WwwAuthenticate, cancellation).ConfigureAwait(false))
            {
                answer.Dispose();
                answer = await SendAsync(path, cancellation).ConfigureAwait(false);
            }

            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            answer.Dispose();
            throw new ImageException(answer.StatusCode switch
            {
                HttpStatusCode.NotFound => $"{image.Registry}/{image.Repository} has no {path}: not found",
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"{image.Registry} refused {path} of {image.Repository}: "
                    + (login is null ? "no credential is known" : $"the credential of '{login.UserName}' was not accepted")
                    + $" (status {(int)answer.StatusCode})",
                var status => $"{image.Registry} answered {path} with status {(int)status}",
            });
        }
        catch (HttpRequestException e)
        {
            throw new ImageException($"{image.Registry} cannot be reached: {e.Message}", e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Root + path));
        request.Headers.Authorization = _authorization.Header;
        if (path.StartsWith("manifests/", StringComparison.Ordinal))
        {
            foreach (var type in Manifests)
            {
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
            }
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
    }
}
