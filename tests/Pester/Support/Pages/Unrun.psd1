<# Examples that are not run, by a text that stands in them, and why. Their syntax and parameters are held by the tests of the help. #>
@{
    'Install-PSResource RunAi' = 'It installs from a gallery or builds a package; Package.Tests.ps1 does both.'
    'Initialize-RunAi prod' = 'It asks what is missing; Initialize.Tests.ps1 answers.'
}
