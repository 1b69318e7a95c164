Describe 'Beside other modules' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $facts = Get-ShellFact -Environment @{ TEST_FOREIGN = Get-ForeignFolder } @'
            $ErrorActionPreference = 'Stop'
            # PowerShell puts its own Newtonsoft.Json in the place of the first.
            foreach ($name in 'Newtonsoft.Json', 'Polly.Core', 'Azure.Core') {
                $null = [System.Reflection.Assembly]::LoadFrom("$env:TEST_FOREIGN/$name.dll")
            }
            Import-Module $env:TEST_MODULE
            $run = Invoke-RunAiStep beside -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 }
            Register-RunAiArtifactStore blobs -Uri az://account/container -Credential '{{env:TEST_SECRET}}' | Out-Null
            # Azure's client is loaded before it finds that this is no key.
            $denied = try { Get-RunAiArtifact -ArtifactStore blobs } catch { $_.FullyQualifiedErrorId }

            # What one of the module's libraries gets that asks for it.
            $own = [System.Runtime.Loader.AssemblyLoadContext]::All.Where({ $_.Name -eq 'RunAi' })[0]
            $json = $own.LoadFromAssemblyName('System.Text.Json')

            $loaded = foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
                foreach ($assembly in $context.Assemblies.Where({ $_.Location })) {
                    @{
                        Context = $context.Name
                        Name = $assembly.GetName().Name
                        Version = (Get-Item $assembly.Location).VersionInfo.FileVersion
                        Path = $assembly.Location
                    }
                }
            }
            @{
                State = "$($run.State)"
                Denied = $denied
                Loaded = $loaded
                JsonContext = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($json).Name
                ForeignJson = [Newtonsoft.Json.JsonConvert].Assembly.GetName().Version.Major
                ForeignTag = "$([Azure.ETag]::new('a'))"
            } | ConvertTo-Json -Depth 4
'@
        $core = Join-Path (Split-Path (Get-TestModule)) 'module/bin/core'
        $ours = $facts.Loaded.Where({ $_.Path.StartsWith($core) -and $_.Name -ne 'RunAi.PowerShell' })
    }

    AfterAll { Exit-TestSession }

    It 'runs a step when other versions of its libraries are loaded' {
        $facts.State | Should -BeExactly 'Succeeded'
    }

    It 'loads none of its libraries into the default context' {
        $ours.Where({ $_.Context -ne 'RunAi' }).Name | Should -BeNullOrEmpty
        $ours.Count | Should -BeGreaterThan 5
    }

    It 'takes from .NET what that has in as late a version' {
        $facts.JsonContext | Should -BeExactly 'Default'
        $facts.Loaded.Where({ $_.Name -eq 'System.Text.Json' }).Context | Should -BeExactly 'Default'
    }

    It 'has its own <name> beside the one of the session' -ForEach @(
        @{ Name = 'Newtonsoft.Json' }
        @{ Name = 'Polly.Core' }
        @{ Name = 'Azure.Core' }
    ) {
        $both = $facts.Loaded.Where({ $_.Name -eq $name })

        $both.Context | Sort-Object | Should -BeExactly 'Default', 'RunAi'
        # Of Newtonsoft.Json, this PowerShell has the version that the module has.
        if ($name -ne 'Newtonsoft.Json') { $both.Version | Select-Object -Unique | Should -HaveCount 2 }
    }

    It 'leaves the session its own versions' {
        $facts.ForeignJson | Should -Be 13
        $facts.ForeignTag | Should -BeExactly 'a'
    }
}
