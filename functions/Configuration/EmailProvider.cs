namespace Dunning.Configuration;

/// <summary>Setting <c>Email__Provider</c>.</summary>
public enum EmailProvider
{
    /// <summary>Azure Communication Services.</summary>
    Acs,

    /// <summary>Any mail server.</summary>
    Smtp,
}
