using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RunAi.StepRunner.Tests;

/// <summary>A certificate authority that nobody knows, and the certificate of a store that it signed.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(2);
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        _root = request.CreateSelfSigned(yesterday, yesterday + Validity);
        Store = Sign(yesterday);
    }

    /// <summary>What trusts it: the root's certificate as a bundle.</summary>
    public string Bundle => _root.ExportCertificatePem();

    /// <summary>The certificate and key of the store.</summary>
    public X509Certificate2 Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        _root.Dispose();
    }

    private X509Certificate2 Sign(DateTimeOffset from)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test store", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName(Sandbox.StoreName);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_root, from, from + Validity, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
