import assert from 'node:assert/strict';
import { mayUploadTo } from '../../../src/teams/upload.js';

describe('where a file may be put', () => {
  const inProduction = mayUploadTo('production');

  it('is a SharePoint of Microsoft, over https', () => {
    for (const url of [
      'https://contoso-my.sharepoint.com/personal/a/_api/v2.0/drive/items/1/uploadSession?guid=2',
      'https://contoso.sharepoint.com/upload',
    ])
      assert.equal(inProduction(url), true, url);
  });

  it('is nowhere else', () => {
    for (const url of [
      '',
      'upload',
      'http://contoso.sharepoint.com/upload',
      'https://contoso.sharepoint.com:8443/upload',
      'https://sharepoint.com/upload',
      'https://evilsharepoint.com/upload',
      'https://contoso.sharepoint.com.attacker.example/upload',
      'https://contoso.sharepoint.com@attacker.example/upload',
      'https://someone@contoso.sharepoint.com/upload',
      'https://attacker.example/#.sharepoint.com',
      'https://attacker.example/contoso.sharepoint.com',
      'file:///etc/passwd',
      'http://127.0.0.1:3978/upload',
      'http://169.254.169.254/metadata/identity',
    ])
      assert.equal(inProduction(url), false, url);
  });

  it('is this machine besides in local mode', () => {
    const locally = mayUploadTo('local');
    assert.equal(locally('http://127.0.0.1:5000/upload'), true);
    assert.equal(locally('https://contoso-my.sharepoint.com/upload'), true);
    assert.equal(locally('http://127.0.0.1.attacker.example/upload'), false);
    assert.equal(locally('https://attacker.example/upload'), false);
  });
});
