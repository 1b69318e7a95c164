Describe 'RunAi' {
    BeforeAll {
        $env:TEST_MODULE = Get-TestModule
        $facts = Get-ShellFact @'
            $ErrorActionPreference = 'Stop'
            Import-Module Microsoft.PowerShell.Management, Microsoft.PowerShell.Utility
            $PSModuleAutoLoadingPreference = 'None'
            $facts = [ordered]@{}
            function Get-Count { @(Get-Command -Module RunAi).Count }
            function Get-Loaded {
                $assemblies = [System.AppDomain]::CurrentDomain.GetAssemblies()
                $assemblies.Where({ $_.Location -match '[\\/]core[\\/](deps|ready-to-run)[\\/]' }).ForEach({ $_.Location })
            }

            Import-Module $env:TEST_MODULE
            $facts.Loaded = @(Get-Loaded)
            $facts.Version = "$((Get-Module RunAi).Version)"
            $facts.Exported = @((Get-Module RunAi).ExportedCommands.Keys)
            $facts.Cmdlets = @((Get-Command Get-RunAiEmulator).ImplementingType.Assembly.GetExportedTypes().
                ForEach({ $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) }).
                ForEach({ "$($_.VerbName)-$($_.NounName)" }))
            $facts.Once = Get-Count

            Import-Module $env:TEST_MODULE
            Import-Module $env:TEST_MODULE -Force
            $facts.Twice = Get-Count
            $facts.Modules = @(Get-Module RunAi).Count
            $facts.Used = @(Get-RunAiEmulator).Count

            Remove-Module RunAi
            $facts.AfterRemoval = Get-Count
            $facts.CommandAfterRemoval = try { Get-RunAiEmulator } catch { $_.FullyQualifiedErrorId }
            Import-Module $env:TEST_MODULE
            $facts.Again = Get-Count
            $facts.Portion = (New-RunAiStepSettings -GpuPortionRequest 0.5).GpuPortionRequest
            $facts.LoadedLater = @(Get-Loaded)
            $facts.System = [System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture.ToString().ToLowerInvariant()
            $facts | ConvertTo-Json
'@
    }

    Context 'imported' {
        It 'has the version of the folder it was packaged into' {
            $facts.Version | Should -BeExactly (Split-Path (Split-Path $env:TEST_MODULE) -Leaf)
        }

        It 'exports exactly the cmdlets of its assembly' {
            $facts.Exported | Sort-Object | Should -BeExactly ($facts.Cmdlets | Sort-Object)
            $facts.Exported.Count | Should -BeGreaterThan 70
        }

        It 'loads nothing but its command assembly until a command needs more' {
            $facts.Loaded | Should -BeNullOrEmpty
        }

        It 'then loads what is compiled for this system' {
            $ready = "$(Split-Path $env:TEST_MODULE)/module/bin/core/ready-to-run"
            $system = if ($IsWindows) { 'win' } elseif ($IsMacOS) { 'osx' } else { 'linux' }
            if (-not (Test-Path "$ready/$system-$($facts.System)")) { Set-ItResult -Skipped -Because 'there is no compiler for this system' }
            $facts.LoadedLater | Should -Contain ([System.IO.Path]::GetFullPath("$ready/$system-$($facts.System)/RunAi.dll"))
        }
    }

    Context 'imported twice' {
        It 'keeps every command' {
            $facts.Twice | Should -Be $facts.Once
        }

        It 'is one module, and works' {
            $facts.Modules | Should -Be 1
            $facts.Used | Should -Be 0
        }
    }

    Context 'removed' {
        It 'takes its commands away' {
            $facts.AfterRemoval | Should -Be 0
            $facts.CommandAfterRemoval | Should -BeExactly 'CommandNotFoundException'
        }

        It 'works when it is imported again' {
            $facts.Again | Should -Be $facts.Once
            $facts.Portion | Should -Be 0.5
        }
    }

    It 'is loaded by its name, and by the first of its commands' {
        $loaded = Get-ShellFact '$null = New-RunAiStepSettings -GpuPortionRequest 0.25; (Get-Module RunAi).Path | ConvertTo-Json'

        $loaded | Should -BeLike '*RunAi.PowerShell.dll'
        $loaded | Should -BeLike "$(Split-Path $env:TEST_MODULE)*"
    }

    It 'is loaded by "using module"' {
        Set-Content "$TestDrive/using.ps1" @(
            "using module '$env:TEST_MODULE'"
            '"$((New-RunAiStepSettings -GpuPortionRequest 0.5).GpuPortionRequest)"'
            '(Get-Module RunAi).Name'
        )

        $ended = Invoke-Shell '-File', "$TestDrive/using.ps1"

        $ended.Errors | Should -BeNullOrEmpty
        $ended.Output -split '\r?\n' | Should -BeExactly '0.5', 'RunAi'
        $ended.ExitCode | Should -Be 0
    }

    It 'is imported by four runspaces at once' {
        $names = Get-ShellFact @'
            1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $env:TEST_MODULE -ErrorAction Stop
                "$((Get-Module RunAi).Name) $((New-RunAiStepSettings -GpuPortionRequest 0.5).GpuPortionRequest)"
            } | ConvertTo-Json
'@

        $names | Should -BeExactly (, 'RunAi 0.5' * 4)
    }

    It 'has a manifest that PowerShell finds valid' {
        $manifest = Test-ModuleManifest $env:TEST_MODULE

        $manifest.ExportedCmdlets.Count | Should -Be $facts.Once
        $manifest.CompatiblePSEditions | Should -BeExactly 'Core', 'Desktop'
    }
}
