import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { readStage } from "../../lib/stage.ts";
import { constructIdOf, functionNames, synthesize } from "./synthesis.ts";

const { template, statementsOf } = synthesize();

describe("logins", () => {
  it("are for invited people, under their e-mail address, with a strong password", () => {
    template.hasResourceProperties("AWS::Cognito::UserPool", {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UsernameAttributes: ["email"],
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
        },
      },
      MfaConfiguration: "OPTIONAL",
      DeletionProtection: "ACTIVE",
    });
  });

  it("give a code to the dashboard's own address, and no tokens in URLs", () => {
    const distribution = Object.keys(template.findResources("AWS::CloudFront::Distribution"))[0];
    const at = (path: string) => ({
      "Fn::Join": ["", ["https://", { "Fn::GetAtt": [distribution, "DomainName"] }, path]],
    });
    template.hasResourceProperties("AWS::Cognito::UserPoolClient", {
      AllowedOAuthFlows: ["code"],
      CallbackURLs: [at("/login/callback")],
      LogoutURLs: [at("/")],
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
    });
  });
});

describe("secrets", () => {
  it("begin with one key, k1, of 64 characters", () => {
    template.hasResourceProperties("AWS::SecretsManager::Secret", {
      GenerateSecretString: {
        SecretStringTemplate: '{"current":"k1"}',
        GenerateStringKey: "k1",
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
    });
  });
});

describe("mail", () => {
  it("is sent by the mailing functions, from the sender's address alone", () => {
    const sending = functionNames
      .map(constructIdOf)
      .filter((id) => statementsOf(id).some(({ Action }) => [Action].flat().includes("ses:SendRawEmail")));
    expect(sending).toEqual(expect.arrayContaining(["NotifyByEmail", "NotifyUnseen", "MailTranscript"]));
    expect(sending.filter((id) => !/^(Notify|Mail|TestNotification$)/.test(id))).toEqual([]);
    for (const id of sending) {
      const statement = statementsOf(id).find(({ Action }) => [Action].flat().includes("ses:SendRawEmail"));
      expect(statement?.Condition).toEqual({ StringEquals: { "ses:FromAddress": "no-reply@example.com" } });
    }
  });

  it("reports into the configuration set that the functions name", () => {
    const set = Object.keys(template.findResources("AWS::SES::ConfigurationSet"))[0];
    template.hasResourceProperties("AWS::Lambda::Function", {
      Environment: {
        Variables: Match.objectLike({
          MAIL_FROM: "no-reply@example.com",
          MAIL_CONFIGURATION_SET: { Ref: set },
        }),
      },
    });
  });
});

describe("text messages", () => {
  it("are sent by two functions, to telephones and never to a topic", () => {
    const texting = functionNames.map(constructIdOf).flatMap((id) =>
      statementsOf(id)
        .filter(({ Action }) => [Action].flat().some((action) => action.startsWith("sns:")))
        .map((statement) => [id, statement]),
    );
    const toTelephones = { Action: "sns:Publish", Effect: "Allow", NotResource: "arn:*:sns:*:*:*" };
    expect(texting).toEqual(
      expect.arrayContaining([
        ["NotifyBySms", toTelephones],
        ["TestNotification", toTelephones],
      ]),
    );
    expect(texting).toHaveLength(2);
  });
});

describe("the stage", () => {
  it("needs no configuration", () => {
    expect(readStage(undefined)).toMatchObject({ name: "main", data: "keep", unseenGraceSeconds: 60 });
  });

  it("is read from JSON on the command line", () => {
    expect(readStage('{"name":"test","retention":{"logDays":7}}')).toMatchObject({
      name: "test",
      retention: { logDays: 7, eventDays: 30 },
    });
  });

  it.each([
    ['{"nmae":"test"}', "nmae"],
    ['{"retention":{"logDays":8}}', "logDays"],
    ['{"name":"my-aws"}', "name"],
    ['{"unseenGraceSeconds":901}', "unseenGraceSeconds"],
  ])("refuses %s and names what is wrong", (text, wrong) => {
    expect(() => readStage(text)).toThrow(wrong);
  });
});
