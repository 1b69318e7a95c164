namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema DepartmentProjectParent, and DepartmentProjectChild.</summary>
internal sealed record UnitRef(Guid Id, string Name);
