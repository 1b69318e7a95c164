Describe 'A private certificate authority' {
    BeforeAll {
        # A server of TLS with a certificate that only SSL_CERT_FILE makes good, which refuses every request; and what the commands say of it.
        $script = @'
            $ErrorActionPreference = 'Stop'
            $ProgressPreference = 'SilentlyContinue'
            Import-Module $env:TEST_MODULE
            $curve = [System.Security.Cryptography.ECCurve+NamedCurves]::nistP256
            $hash = [System.Security.Cryptography.HashAlgorithmName]::SHA256
            $from = [System.DateTimeOffset]::UtcNow.AddDays(-1)
            $rootKey = [System.Security.Cryptography.ECDsa]::Create($curve)
            $asked = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Test authority', $rootKey, $hash)
            $asked.CertificateExtensions.Add([System.Security.Cryptography.X509Certificates.X509BasicConstraintsExtension]::new($true, $false, 0, $true))
            $root = $asked.CreateSelfSigned($from, $from.AddDays(3))
            $key = [System.Security.Cryptography.ECDsa]::Create($curve)
            $asked = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Test peer', $key, $hash)
            $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
            $names.AddIpAddress([ipaddress]::Loopback)
            $asked.CertificateExtensions.Add($names.Build())
            $signed = $asked.Create($root, $from, $from.AddDays(2), [byte[]](1..8))
            $whole = [System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::CopyWithPrivateKey($signed, $key)
            $certificate = [System.Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadPkcs12($whole.Export('Pkcs12'), $null)
            [System.IO.File]::WriteAllText($env:TEST_BUNDLE, $root.ExportCertificatePem())

            $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
            $listener.Start()
            $null = Start-ThreadJob -ArgumentList $listener, $certificate {
                param($listener, $certificate)
                while ($true) {
                    $client = $listener.AcceptTcpClient()
                    try {
                        $tls = [System.Net.Security.SslStream]::new($client.GetStream())
                        $tls.AuthenticateAsServer($certificate)
                        $null = $tls.Read([byte[]]::new(65536), 0, 65536)
                        $tls.Write([System.Text.Encoding]::ASCII.GetBytes("HTTP/1.1 403 Forbidden`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"))
                    }
                    catch [System.Exception] { Write-Verbose "A client left: $_" }
                    finally { $client.Dispose() }
                }
            }

            $place = "127.0.0.1:$($listener.LocalEndpoint.Port)"
            Register-RunAiStepOperator tls -RunAiBaseUrl "https://$place" -ProjectName demo -ClientId id -ClientSecret '{{env:TEST_SECRET}}' | Out-Null
            Register-RunAiArtifactStore tls -Uri s3://bucket -Endpoint "https://$place" -AccessKeyId id -Credential '{{env:TEST_SECRET}}' -RetryTimeout 0 | Out-Null
            Register-RunAiContainerRegistry tls -Uri "$place/steps" | Out-Null
            Register-RunAiStack tls -StepOperator tls -ArtifactStore tls -ContainerRegistry tls -ImageBuilder Layer | Out-Null
            $said = [ordered]@{}
            if ($env:SSL_CERT_FILE) {
                foreach ($check in Test-RunAiStack tls) { $said["$($check.Component) $($check.Check)"] = $check.Message }
            }
            else {
                try { Get-RunAiArtifact -ArtifactStore tls } catch { $said.Listing = "$_" }
            }

            # A thread that waits for clients would keep the shell from ending.
            [System.Console]::Out.WriteLine(($said | ConvertTo-Json))
            [System.Environment]::Exit(0)
'@
        function Get-Said([string] $Name, [hashtable] $Environment) {
            $folder = New-Item -ItemType Directory (Join-Path $TestDrive $Name)
            Get-ShellFact $script -Environment (@{
                TEST_MODULE = Get-TestModule
                TEST_BUNDLE = "$folder/bundle.pem"
                TEST_SECRET = 'secret-of-a-test'
                RUNAI_CONFIG = "$folder/runai.json"
            } + $Environment)
        }

        $bundle = Join-Path $TestDrive 'trusted/bundle.pem'
        $trusted = Get-Said trusted @{ SSL_CERT_FILE = $bundle }
        $untrusted = Get-Said untrusted @{ SSL_CERT_FILE = $null }
    }

    It 'that SSL_CERT_FILE names is trusted by <_>' -Skip:(-not $IsLinux) -ForEach 'StepOperator Credentials', 'ArtifactStore Write', 'ContainerRegistry Push' {
        $trusted.$_ | Should -Match '403|refuse'
        $trusted.$_ | Should -Not -Match 'TLS|SSL|certificate'
    }

    It 'that nobody names is not trusted, and told so' -Skip:(-not $IsLinux) {
        $untrusted.Listing | Should -Match 'did not pass the TLS check.*A private certificate authority must be trusted'
    }
}
