Describe 'In the culture <culture>' -ForEach @(
    @{ Culture = 'de-DE'; Locale = 'de_DE.UTF-8'; Half = '0,5'; LowerI = 'i' }
    @{ Culture = 'tr-TR'; Locale = 'tr_TR.UTF-8'; Half = '0,5'; LowerI = [string][char]0x131 }
) {
    BeforeAll {
        Enter-TestSession $TestDrive
        $environment = @{ LC_ALL = $locale; LANG = $locale; DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '0'; TEST_CULTURE = $culture }
        $ended = Invoke-Shell -Environment $environment '-Command', @'
            $ErrorActionPreference = 'Stop'
            Import-Module $env:TEST_MODULE
            $settings = @{
                GPU_PORTION_REQUEST = 0.5; CPUCORELIMIT = 1.5; CpuMemoryRequest = '1G'; cpumemorylimit = '1.5Gi'; WORKLOAD_TIMEOUT = 30.5
            }
            $step = New-RunAiStep INSTALL -Image busybox -Command 'true' -Settings $settings
            $submitted = $step | Submit-RunAiStep
            $run = $submitted | Wait-RunAiWorkload
            $refused = try { New-RunAiStepSettings -GpuPortionRequest 1.5 } catch { $_ }
            $null = $step | Export-RunAiStep "$(Split-Path $env:RUNAI_CONFIG)/$env:TEST_CULTURE.psd1"
            @{
                Culture = [cultureinfo]::CurrentCulture.Name
                Half = (0.5).ToString()
                LowerI = 'I'.ToLower()
                WorkloadName = $run.WorkloadName
                State = "$($run.State)"
                Refused = "$($refused.FullyQualifiedErrorId): $refused"
                Imported = (Import-RunAiStep "$(Split-Path $env:RUNAI_CONFIG)/$env:TEST_CULTURE.psd1").Settings.GpuPortionRequest
                Operator = (Get-RunAiStepOperator DEMO).Name
                Phase = @(Get-RunAiWorkload -Phase COMPLETED).Count
            } | ConvertTo-Json
'@
        $facts = if ($ended.ExitCode -eq 0) { $ended.Output | Remove-WaitLine | Out-String | ConvertFrom-Json }
        $because = if (-not $facts -and $ended.Errors -match 'ICU') { "this machine's .NET has no ICU library, so there are no cultures" }
        elseif ($facts -and $facts.Half -ne $half) { "this machine's .NET knows no culture $culture" }
        if ($because -and $env:CI -eq 'true') { throw "In CI nothing is skipped, and $because." }
        if (-not $facts -and -not $because) { throw "The shell ended with exit code $($ended.ExitCode): $($ended.Errors) $($ended.Output)" }
    }

    BeforeEach {
        if ($because) { Set-ItResult -Skipped -Because $because }
    }

    AfterAll { Exit-TestSession }

    It 'PowerShell writes numbers and letters in another way' {
        $facts.Culture | Should -BeExactly $culture
        $facts.LowerI | Should -BeExactly $lowerI
    }

    It 'the request is the same' {
        $compute = (Get-RequestBody $facts).spec.compute

        $compute.gpuPortionRequest | Should -Be 0.5
        $compute.cpuCoreLimit | Should -Be 1.5
        $compute.cpuMemoryLimit | Should -BeExactly '1.5Gi'
        $facts.WorkloadName | Should -MatchExactly '^runai-install-[0-9a-z]{8}$'
        $facts.State | Should -BeExactly 'Succeeded'
    }

    It 'an error has the same id and the same number' {
        $facts.Refused | Should -Match '^RunAi\.InvalidStepSettings,.*: .*GpuPortionRequest: 1\.5 is above 1'
    }

    It 'a step in a file keeps its numbers' {
        $facts.Imported | Should -Be 0.5
        Get-Content -Raw "$TestDrive/$culture.psd1" | Should -Match 'GpuPortionRequest = 0\.5'
    }

    It 'names in capitals are found' {
        $facts.Operator | Should -BeExactly 'demo'
        $facts.Phase | Should -BeGreaterThan 0
    }
}
