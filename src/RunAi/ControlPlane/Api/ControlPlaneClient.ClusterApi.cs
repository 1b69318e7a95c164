namespace RunAi.ControlPlane;

/// <content>What each cluster serves itself.</content>
internal sealed partial class ControlPlaneClient
{
    /// <summary>Opens a stream of a cluster's API, with the control plane's token; one that is refused is renewed once.</summary>
    /// <exception cref="ClusterApiException">There is none; the exception says why.</exception>
    /// <exception cref="RunAiApiException">The control plane gives no token.</exception>
    public async Task<IClusterStream> OpenClusterStreamAsync(Uri address, TimeSpan patience, CancellationToken ct)
    {
        var token = await Session.GetTokenAsync(_credential, _log, ct).ConfigureAwait(false);
        try
        {
            return await OpenAsync(token).ConfigureAwait(false);
        }
        catch (ClusterApiException refused) when (refused.Trouble == ClusterApiTrouble.Unauthorized)
        {
            _log.Debug("The cluster refused the access token; a new one is fetched.");
            Session.Drop(token);
            return await OpenAsync(await Session.GetTokenAsync(_credential, _log, ct).ConfigureAwait(false)).ConfigureAwait(false);
        }

        async Task<IClusterStream> OpenAsync(AccessToken bearer)
        {
            try
            {
                var stream = await Session.Transport.Sockets.OpenAsync(
                    address, bearer, patience, Session.Transport.Time, ct).ConfigureAwait(false);
                _log.Verbose($"GET {address.AbsolutePath} 101 (a stream of {address.Authority})");
                return stream;
            }
            catch (ClusterApiException e)
            {
                _log.Verbose($"GET {address.AbsolutePath}: the cluster {e.Reason}");
                throw;
            }
        }
    }
}
